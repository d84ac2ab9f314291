// Short tones, made on the spot: nothing to download, nothing to license.

/** Frequency in hertz, start and length in seconds. */
type Note = readonly [hz: number, at: number, secs: number];

const TONES = {
  rep: [[880, 0, 0.09]],
  attempt: [[220, 0, 0.16]],
  start: [
    [523, 0, 0.12],
    [784, 0.14, 0.22],
  ],
  tick: [[660, 0, 0.06]],
  rested: [
    [523, 0, 0.14],
    [659, 0.16, 0.14],
    [784, 0.32, 0.3],
  ],
  end: [
    [784, 0, 0.14],
    [523, 0.16, 0.26],
  ],
} as const satisfies Record<string, readonly Note[]>;

export type Tone = keyof typeof TONES;

export class Sounds {
  on = true;
  #context: AudioContext | null = null;

  /** Call from a tap: browsers keep pages silent until then. */
  unlock(): void {
    // Without a tap, as when a set starts by its address, the browser would only refuse.
    if (!('AudioContext' in globalThis) || navigator.userActivation?.hasBeenActive === false)
      return;
    this.#context ??= new AudioContext();
    void this.#context.resume();
  }

  play(tone: Tone): void {
    const context = this.#context;
    if (!this.on || !context) return;
    for (const [hz, at, secs] of TONES[tone]) {
      const from = context.currentTime + at;
      const oscillator = new OscillatorNode(context, { frequency: hz, type: 'sine' });
      const gain = new GainNode(context, { gain: 0 });
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(0.22, from + 0.012);
      gain.gain.exponentialRampToValueAtTime(0.001, from + secs);
      oscillator.connect(gain).connect(context.destination);
      oscillator.start(from);
      oscillator.stop(from + secs);
    }
  }

  close(): void {
    void this.#context?.close();
    this.#context = null;
  }
}
