// The field that numbers go to: load, repetitions or seconds of one set. The pad at the lower edge works on it.
import { createContext, tick } from 'svelte';
import { MediaQuery } from 'svelte/reactivity';

export interface Field {
  /** What it is called. */
  label: string;
  /** The set that it belongs to. */
  row: string;
  kind: 'load' | 'reps' | 'seconds';
  type: (key: string) => void;
  erase: () => void;
  step: (by: -1 | 1) => void;
  /** Takes over what was typed. */
  commit: () => void;
}

export class Pad {
  field = $state.raw<Field | null>(null);
  #touch = new MediaQuery('(pointer: coarse)');

  /** Fingers get our own keys: the system's keyboard would cover half the sets. */
  get touch(): boolean {
    return this.#touch.current;
  }

  take(field: Field): void {
    this.field = field;
  }

  /** Once the pad is there, the set is scrolled clear of it. */
  async reveal(input: Element): Promise<void> {
    await tick();
    requestAnimationFrame(() =>
      input.closest('[data-set]')?.scrollIntoView({ block: 'nearest', behavior: 'instant' }),
    );
  }

  leave(field: Field): void {
    if (this.field === field) this.field = null;
  }

  commit(): void {
    this.field?.commit();
  }

  close(): void {
    this.commit();
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    this.field = null;
  }
}

export const [getPad, setPad] = createContext<Pad>();
