// The coach beside a running session: what to do in the next set. It reckons on this device, so it needs no network.
import { createContext } from 'svelte';
import { coach, type Coach } from '$lib/engine/coach';
import { language } from '$lib/i18n/index.svelte';
import type { NextSet } from '$lib/wire/sessions';
import type { Question } from './next-set';

export class Copilot {
  #coach = $state.raw<Coach | null>(null);

  /** Fetches the engine; without it there is just no advice. */
  async wake(): Promise<void> {
    try {
      this.#coach = await coach();
    } catch (error) {
      console.warn('no advice on the next set:', error);
    }
  }

  /** None while the engine is not there. */
  answer(question: Question): NextSet | null {
    if (!this.#coach) return null;
    try {
      return JSON.parse(this.#coach.next_set(JSON.stringify(question), language())) as NextSet;
    } catch (error) {
      // A set that an older version kept, say: no advice is better than no log.
      console.warn('no advice on the next set:', error);
      return null;
    }
  }
}

export const [getCopilot, setCopilot] = createContext<Copilot>();
