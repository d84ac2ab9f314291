// Short messages that come and go; one may offer a way back.
import { createContext } from 'svelte';

export interface Toast {
  id: number;
  text: string;
  /** What can be done about it, while it is shown. */
  action: { label: string; run: () => void } | null;
}

const SHOWN_MS = 6000;

export class Toasts {
  shown = $state<Toast[]>([]);
  #next = 0;
  /** Ends the offer that is shown. */
  #end: (() => void) | null = null;

  /**
   * Shows `text` for six seconds; longer where there is something to press. One offer at a time: the next takes the place of
   * the one before. `onGone` runs when an offer has passed.
   */
  show(text: string, action: Toast['action'] = null, onGone?: () => void): void {
    const id = this.#next++;
    let over = false;
    const end = (): void => {
      this.dismiss(id);
      if (!over) onGone?.();
      over = true;
    };
    const wrapped = action && {
      label: action.label,
      run: () => {
        over = true;
        end();
        action.run();
      },
    };
    if (action) {
      this.#end?.();
      this.#end = end;
    }
    this.shown.push({ id, text, action: wrapped });
    setTimeout(end, action ? SHOWN_MS * 1.5 : SHOWN_MS);
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
