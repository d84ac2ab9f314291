// A set as the screen shows it: the engine's ticks are remembered for as long as somebody needs to see them, sounded and
// said. The engine decides; this only passes on.
import type { Cue, LiveRep, PoseSample, StageTimings, Tick } from '$lib/engine/types';
import type { LiveCount } from '$lib/history/record';
import { language, t, type Language } from '$lib/i18n/index.svelte';
import type { Sounds } from './sounds';
import { Timings } from './timings';
import type { Voice } from './voice';

/** How long a cue stays in sight. */
const CUE_SHOWN_MS = 3500;
const ATTEMPT_SHOWN_MS = 3000;

export class SetUnderWay {
  tick = $state.raw<Tick | null>(null);
  pose = $state.raw<PoseSample | null>(null);
  cue = $state.raw<Cue | null>(null);
  reps = $state.raw<LiveRep[]>([]);
  /** The attempt that was just made, while its reason is shown. */
  attempt = $state.raw<LiveRep | null>(null);
  timings = $state.raw(new Timings());
  /** Frames came too seldom to count by, at least for a while. */
  tooSlow = $state(false);

  #voice: Voice;
  #sounds: Sounds;
  #now: () => number;
  /** What the engine speaks in this set. */
  language: Language = 'en';
  #cueUntil_ms = 0;
  #attemptUntil_ms = 0;

  constructor({ voice, sounds, now }: { voice: Voice; sounds: Sounds; now: () => number }) {
    this.#voice = voice;
    this.#sounds = sounds;
    this.#now = now;
  }

  get attempts(): LiveRep[] {
    return this.reps.filter((rep) => !rep.counted);
  }

  /** Whether anything was done that is worth a report. */
  get worked(): boolean {
    return this.reps.length > 0 || (this.tick?.hold_ms ?? 0) > 0;
  }

  /** The count as it was shown. */
  get count(): LiveCount {
    const cycles = this.reps.map(({ counted, start_ms, end_ms }) => ({
      counted,
      start_ms,
      end_ms,
    }));
    return { reps: this.tick?.rep_count ?? 0, cycles };
  }

  /** A new set: nothing of the one before is left. */
  begin(spoken: Language): void {
    this.leave();
    this.language = spoken;
    this.reps = [];
    this.attempt = null;
    this.timings = new Timings();
    this.tooSlow = false;
  }

  /** Nobody is in the picture any more. */
  leave(): void {
    this.tick = null;
    this.pose = null;
    this.cue = null;
  }

  take(tick: Tick, pose: PoseSample | null, timings: StageTimings): void {
    const now_ms = this.#now();
    const before = this.tick;
    this.tick = tick;
    this.pose = pose;
    this.timings.add(timings, now_ms);
    if (!this.tooSlow && this.timings.tooSlow) {
      this.tooSlow = true;
      this.#voice.say({ kind: 'notice', text: t('live.said.slow'), lang: language() });
    }
    if (before?.stage !== 'working' && tick.stage === 'working' && before) {
      this.#sounds.play('start');
      this.#voice.say({ kind: 'notice', text: t('live.said.go'), lang: language() });
    }
    this.#takeReps(tick.reps, tick);
    if (tick.cue) {
      this.cue = tick.cue;
      this.#cueUntil_ms = now_ms + CUE_SHOWN_MS;
      this.#voice.say({
        kind: tick.cue.kind === 'placement' ? 'placement' : 'form',
        text: tick.cue.text,
        lang: this.language,
      });
    } else if (this.cue && now_ms > this.#cueUntil_ms) this.cue = null;
    if (this.attempt && now_ms > this.#attemptUntil_ms) this.attempt = null;
  }

  /** The strip shows every repetition; sound and voice tell of the last. */
  #takeReps(reps: LiveRep[], tick: Tick): void {
    this.reps = [...this.reps, ...reps];
    const rep = reps.at(-1);
    if (!rep) return;
    if (rep.counted) {
      this.#sounds.play('rep');
      this.attempt = null;
      this.#voice.say({ kind: 'count', text: String(tick.rep_count), lang: language() });
      return;
    }
    this.#sounds.play('attempt');
    this.attempt = rep;
    this.#attemptUntil_ms = this.#now() + ATTEMPT_SHOWN_MS;
    const reason = rep.reason_texts[0];
    if (reason) this.#voice.say({ kind: 'form', text: reason, lang: this.language });
  }
}
