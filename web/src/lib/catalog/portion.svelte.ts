// How many cards of a long list are drawn already: a screenful at once, the others a few at a time while nothing else is to be
// done, so that a keystroke never waits for a hundred cards.

const AT_ONCE = 24;
const STEP = 12;
const PAUSE_MS = 40;

export class Portion {
  n = $state(AT_ONCE);
  #wanted = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** The list has this many now. What was drawn stays. */
  want(wanted: number): void {
    if (wanted > this.#wanted) this.n = Math.max(AT_ONCE, Math.min(this.n, this.#wanted));
    this.#wanted = wanted;
    this.stop();
    this.#grow();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #grow(): void {
    if (this.n >= this.#wanted) return;
    this.#timer = setTimeout(() => {
      this.n += STEP;
      this.#grow();
    }, PAUSE_MS);
  }
}
