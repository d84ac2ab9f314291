// A file on its way in: read by the server, asked about, read again with the answers, and kept in the end.
import { ApiError, asApiError } from '$lib/api/http';
import { MOST_BYTES, readWorkouts } from '$lib/api/import';
import { t } from '$lib/i18n/index.svelte';
import type { ImportPreview, Question } from '$lib/wire/import';
import { nextQuestion, NO_ANSWERS, optionsOf, withOwn, type Answers, type Named } from './answers';

const DOING = { look: 'reading', keep: 'keeping', take_back: 'taking_back' } as const;

export class Importing {
  file = $state.raw<File | null>(null);
  answers = $state.raw<Answers>(NO_ANSWERS);
  preview = $state.raw<ImportPreview | null>(null);
  error = $state.raw<ApiError | null>(null);
  busy = $state<'no' | 'reading' | 'keeping' | 'taking_back'>('no');
  /** A question that was answered, and is looked at again. */
  again = $state<Question | null>(null);
  /** Counts what was asked: an answer that comes after the next question is too late. */
  #turn = 0;

  /** `own` tells the exercises of one's own that are there already. */
  constructor(private readonly own: () => readonly Named[]) {}

  get question(): Question | null {
    return nextQuestion(this.preview?.questions ?? [], this.again);
  }

  /** Begins with a file. One that is too large does not go on its way. */
  async take(file: File): Promise<void> {
    this.leave();
    this.file = file;
    if (file.size <= MOST_BYTES) return this.read();
    const words = { detail: t('import.too_large'), remedy: t('import.too_large.remedy') };
    this.error = new ApiError('refused', 413, words);
  }

  /** Forgets the file. */
  leave(): void {
    this.#turn += 1;
    this.file = null;
    this.answers = NO_ANSWERS;
    this.preview = null;
    this.error = null;
    this.again = null;
    this.busy = 'no';
  }

  /** Takes answers, without asking the server yet. */
  say(part: Partial<Answers>): void {
    this.answers = { ...this.answers, ...part };
  }

  read(): Promise<void> {
    return this.#send('look');
  }

  keep(): Promise<void> {
    return this.#send('keep');
  }

  /** Takes out of the record again what the file brought. */
  takeBack(): Promise<void> {
    return this.#send('take_back');
  }

  async #send(then: 'look' | 'keep' | 'take_back'): Promise<void> {
    const { file } = this;
    if (file === null || this.busy !== 'no') return;
    const turn = ++this.#turn;
    this.busy = DOING[then];
    this.error = null;
    try {
      const preview = await readWorkouts(file, optionsOf(this.answers, then));
      if (turn !== this.#turn) return;
      const choices = withOwn(preview.exercises, this.answers.choices, this.own());
      if (then === 'look' && choices.size > this.answers.choices.size) {
        this.say({ choices });
        this.busy = 'no';
        return await this.#send('look');
      }
      this.preview = preview;
      this.again = null;
    } catch (error) {
      const told = asApiError(error);
      if (turn === this.#turn) this.error = told;
    } finally {
      if (turn === this.#turn) this.busy = 'no';
    }
  }
}
