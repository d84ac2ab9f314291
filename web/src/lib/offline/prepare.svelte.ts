// Fetches the engine and its networks ahead of time, so that the second visit can train without a network.
//
// Loading the engine once is the surest way: it knows which files this browser needs, and keeps them.
import { createContext } from 'svelte';
import type { EngineClient, LoadProgress, NetworkName } from '$lib/engine/types';

const KEY = 'spotter.prepared';

interface Connection {
  saveData?: boolean;
}

export class Preparation {
  state = $state<'unknown' | 'under-way' | 'ready' | 'later'>('unknown');
  progress = $state.raw<LoadProgress | null>(null);

  /** Loads in the background, unless it was done for this version of the site or the user saves data. */
  async run(
    engine: () => Promise<EngineClient>,
    network: NetworkName,
    storage: Storage | null,
    version: string,
  ): Promise<void> {
    const wanted = `${version} ${network}`;
    if (storage?.getItem(KEY) === wanted) {
      this.state = 'ready';
      return;
    }
    const { connection } = navigator as Navigator & { connection?: Connection };
    if (connection?.saveData === true || !navigator.onLine) {
      this.state = 'later';
      return;
    }
    this.state = 'under-way';
    const client = await engine();
    try {
      await client.load({
        network,
        networks: true,
        onProgress: (progress) => (this.progress = progress),
      });
      storage?.setItem(KEY, wanted);
      this.state = 'ready';
    } catch {
      // Offline, or a browser that cannot: the live screen says what is wrong when it is opened.
      this.state = 'later';
    } finally {
      client.dispose();
    }
  }
}

export const [getPreparation, setPreparation] = createContext<Preparation>();
