// What one loads with, and in which units: asked for once, chosen here, written through the outbox.
import { createContext } from 'svelte';
import { loading } from '$lib/api/sessions';
import { t } from '$lib/i18n/index.svelte';
import type { Outbox } from '$lib/outbox/outbox.svelte';
import type { Loading } from '$lib/wire/sessions';
import { USUAL, USUAL_LB, type Units } from './load';

const TOPIC = 'loading';

export class Weights {
  now = $state.raw<Loading>(USUAL);
  #outbox: Outbox;
  /** Whose. */
  #asked: string | null = null;

  constructor(outbox: Outbox) {
    this.#outbox = outbox;
  }

  /** Asks the server once for each account; what waits in the outbox is newer than its answer. */
  async open(): Promise<void> {
    const { account, queue } = this.#outbox;
    if (account === null || this.#asked === account) return;
    this.#asked = account;
    const known = await queue.look(TOPIC, account).catch(() => null);
    const chosen = known?.requests.at(-1)?.body ?? known?.answer;
    if (chosen) this.now = chosen as Loading;
    if ((known?.requests.length ?? 0) > 0) return;
    try {
      this.now = await loading();
    } catch {
      // Offline, or an older server: what was chosen here, else what is usual.
    }
  }

  async choose(chosen: Loading): Promise<void> {
    this.now = chosen;
    await this.#outbox.add({
      method: 'PUT',
      path: '/loading',
      body: chosen,
      topic: TOPIC,
      keep: TOPIC,
      label: t('log.label.loading'),
    });
  }

  /** Bars and plates are made in either; whoever changes units finds the usual ones. */
  async chooseUnits(units: Units): Promise<void> {
    if (units !== this.now.units) await this.choose(units === 'kg' ? USUAL : USUAL_LB);
  }
}

export const [getWeights, setWeights] = createContext<Weights>();
