// One recorded video through the engine, frame by frame, with progress and a way to stop.
import { openRecording } from '$lib/capture/recording';
import { language, type Language } from '$lib/i18n/index.svelte';
import type { EngineClient, PoseSample, ReportMessage } from '$lib/engine/types';
import type { Settings } from '$lib/settings/settings.svelte';

export class VideoAnalysis {
  state = $state<'idle' | 'working' | 'failed'>('idle');
  /** 0..1; null while networks are loaded. */
  progress = $state<number | null>(null);
  at_ms = $state(0);
  reps = $state(0);
  pose = $state.raw<PoseSample | null>(null);
  failure = $state('');
  /** What the report is told in. */
  language: Language = 'en';
  #engine: () => EngineClient;
  #ownReferences: () => Promise<string | null>;
  #settings: Settings;
  #stop: AbortController | null = null;

  constructor(
    engine: () => EngineClient,
    ownReferences: () => Promise<string | null>,
    settings: Settings,
  ) {
    this.#engine = engine;
    this.#ownReferences = ownReferences;
    this.#settings = settings;
  }

  /** The report, or null where it was cancelled or failed. */
  async run(file: File, exercise: string): Promise<ReportMessage | null> {
    this.cancel();
    const stop = new AbortController();
    this.#stop = stop;
    Object.assign(this, { state: 'working', progress: null, at_ms: 0, reps: 0, pose: null });
    this.language = language();
    const engine = this.#engine();
    const unhear = engine.onTick((tick, pose) => {
      this.reps = tick.rep_count;
      this.at_ms = tick.ts_ms;
      this.pose = pose;
    });
    try {
      const recording = await openRecording(file);
      try {
        const { network, standard, heightCm } = this.#settings.chosen;
        const own = this.#ownReferences();
        await engine.load({ network, networks: true });
        const references = await own;
        stop.signal.throwIfAborted();
        const { width, height } = recording.info;
        engine.start(
          {
            type: 'start',
            exercise_id: exercise,
            width,
            height,
            standard,
            hands_free: false,
            height_cm: heightCm,
            language: this.language,
          },
          references,
        );
        this.progress = 0;
        await recording.frames((frame, ts_ms) => engine.pushFrameAndWait(frame, ts_ms), {
          signal: stop.signal,
          onProgress: (share) => (this.progress = share),
        });
      } finally {
        recording.close();
      }
      const report = await engine.finish();
      this.state = 'idle';
      return report;
    } catch (error) {
      if (stop.signal.aborted) return null;
      this.failure = error instanceof Error ? error.message : String(error);
      this.state = 'failed';
      return null;
    } finally {
      unhear();
      engine.dispose();
    }
  }

  cancel(): void {
    this.#stop?.abort();
    this.#stop = null;
    this.state = 'idle';
  }
}
