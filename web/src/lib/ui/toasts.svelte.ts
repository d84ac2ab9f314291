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

  /** Shows `text` for six seconds; longer where there is something to press. `onGone` runs when the offer has passed. */
  show(text: string, action: Toast['action'] = null, onGone?: () => void): void {
    const id = this.#next++;
    let used = false;
    const wrapped = action && {
      label: action.label,
      run: () => {
        used = true;
        this.dismiss(id);
        action.run();
      },
    };
    this.shown.push({ id, text, action: wrapped });
    setTimeout(
      () => {
        this.dismiss(id);
        if (!used) onGone?.();
      },
      action ? SHOWN_MS * 1.5 : SHOWN_MS,
    );
  }

  dismiss(id: number): void {
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }
}

export const [getToasts, setToasts] = createContext<Toasts>();
