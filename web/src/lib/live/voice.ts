// Speaks through the browser's own voices.
//
// Safari on iOS stays silent until a tap has spoken once, so `unlock` must be called from the tap that starts a set.
import { SpeechQueue, type Speech } from './speech-queue';

export class Voice {
  #queue = new SpeechQueue();
  #synth: SpeechSynthesis | null = globalThis.speechSynthesis ?? null;
  #on = true;
  #name: string | null = null;
  /** Kept while it is spoken: Chrome forgets to fire `end` for an utterance that nobody holds. */
  #speaking: SpeechSynthesisUtterance | null = null;

  get available(): boolean {
    return this.#synth !== null;
  }

  set on(on: boolean) {
    this.#on = on;
    if (!on) this.stop();
  }

  set name(name: string | null) {
    this.#name = name;
  }

  /** Call from a tap. */
  unlock(): void {
    if (!this.#synth || !this.#on) return;
    const silent = new SpeechSynthesisUtterance(' ');
    silent.volume = 0;
    this.#synth.speak(silent);
  }

  say(speech: Speech): void {
    if (!this.#synth || !this.#on) return;
    this.#queue.push(speech, performance.now());
    this.#pump();
  }

  stop(): void {
    this.#queue.clear();
    this.#speaking = null;
    this.#synth?.cancel();
  }

  /** The voices of a language, or all where it has none. Filled in late by some browsers. */
  voices(lang: string): SpeechSynthesisVoice[] {
    const all = this.#synth?.getVoices() ?? [];
    const fitting = all.filter((voice) => voice.lang.toLowerCase().startsWith(lang));
    return fitting.length > 0 ? fitting : all;
  }

  onVoices(listener: () => void): () => void {
    this.#synth?.addEventListener('voiceschanged', listener);
    return () => this.#synth?.removeEventListener('voiceschanged', listener);
  }

  #pump(): void {
    if (!this.#synth || this.#speaking) return;
    const speech = this.#queue.next(performance.now());
    if (!speech) return;
    const utterance = new SpeechSynthesisUtterance(speech.text);
    utterance.lang = speech.lang;
    utterance.rate = speech.kind === 'count' ? 1.15 : 1.05;
    const named = this.#synth.getVoices().find((voice) => voice.name === this.#name);
    if (named?.lang.startsWith(speech.lang)) utterance.voice = named;
    const done = (): void => {
      if (this.#speaking !== utterance) return;
      this.#speaking = null;
      this.#pump();
    };
    utterance.addEventListener('end', done);
    utterance.addEventListener('error', done);
    this.#speaking = utterance;
    this.#synth.speak(utterance);
  }
}
