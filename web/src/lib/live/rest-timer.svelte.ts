// Counts a rest down. Time is read from the clock handed in, so a sleeping tab or a test cannot put it wrong.

export class RestTimer {
  /** Whole seconds left, rounded up. */
  left_secs = $state(0);
  running = $state(false);
  total_secs = $state(0);
  #ends_ms = 0;
  #now: () => number;
  #onDone: () => void;
  #onTick: (left_secs: number) => void;

  constructor(
    now: () => number,
    onDone: () => void,
    onTick: (left_secs: number) => void = () => {},
  ) {
    this.#now = now;
    this.#onDone = onDone;
    this.#onTick = onTick;
  }

  start(secs: number): void {
    this.total_secs = secs;
    this.left_secs = secs;
    this.#ends_ms = this.#now() + secs * 1000;
    this.running = true;
  }

  add(secs: number): void {
    if (!this.running) return;
    this.#ends_ms += secs * 1000;
    this.total_secs = Math.max(1, this.total_secs + secs);
    this.update();
  }

  stop(): void {
    this.running = false;
  }

  /** To be called a few times a second while it runs. */
  update(): void {
    if (!this.running) return;
    const left = Math.max(0, Math.ceil((this.#ends_ms - this.#now()) / 1000));
    if (left === this.left_secs && left > 0) return;
    this.left_secs = left;
    if (left === 0) {
      this.running = false;
      this.#onDone();
    } else this.#onTick(left);
  }
}
