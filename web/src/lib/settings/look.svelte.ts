// How the page looks right now: the user's choice where there is one, the system's otherwise.
import { createContext } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';
import type { Settings } from './settings.svelte';

export class Look {
  #settings: Settings;
  #systemDark = new MediaQuery('(prefers-color-scheme: dark)');
  #systemStill = new MediaQuery('(prefers-reduced-motion: reduce)');

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get dark(): boolean {
    const { theme } = this.#settings.chosen;
    return theme === 'system' ? this.#systemDark.current : theme === 'dark';
  }

  /** True where pictures should stand still. */
  get still(): boolean {
    const { motion } = this.#settings.chosen;
    return motion === 'system' ? this.#systemStill.current : motion === 'reduced';
  }
}

export const [getLook, setLook] = createContext<Look>();
