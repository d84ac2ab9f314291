// Decides what to say next. Pure: time is handed in, and whoever speaks asks again when the voice is free.
//
// A count is only worth saying now; of two counts the newer wins. Nothing is said late: what waited too long is dropped.

export type SpeechKind = 'count' | 'form' | 'notice' | 'placement';

export interface Speech {
  kind: SpeechKind;
  text: string;
  /** The language the text is in. */
  lang: string;
}

/** What is said first when several wait. */
const ORDER: readonly SpeechKind[] = ['count', 'form', 'notice', 'placement'];
const STALE_MS: Record<SpeechKind, number> = {
  count: 1500,
  form: 4000,
  notice: 5000,
  placement: 3000,
};

export class SpeechQueue {
  #waiting = new Map<SpeechKind, { speech: Speech; since_ms: number }>();

  /** Puts a text in line, in place of an older one of its kind. */
  push(speech: Speech, now_ms: number): void {
    this.#waiting.set(speech.kind, { speech, since_ms: now_ms });
    // Advice on where to stand is pointless once there is something to say about the movement.
    if (speech.kind === 'count' || speech.kind === 'form') this.#waiting.delete('placement');
  }

  /** Takes what should be said now, if anything. */
  next(now_ms: number): Speech | null {
    for (const kind of ORDER) {
      const entry = this.#waiting.get(kind);
      if (!entry) continue;
      this.#waiting.delete(kind);
      if (now_ms - entry.since_ms <= STALE_MS[kind]) return entry.speech;
    }
    return null;
  }

  clear(): void {
    this.#waiting.clear();
  }
}
