// One visit to the live screen: set up, live set, rest, next set. Owns the engine, the camera, voice and sounds, and
// turns ticks into what the screen shows. The engine decides; this only remembers and passes on.
import { createContext } from 'svelte';
import type { CameraFailure, CameraSession } from '$lib/capture/types';
import type {
  Cue,
  EngineClient,
  LiveRep,
  LoadProgress,
  PoseSample,
  RecordedPose,
  ReportMessage,
  Seeing,
  StartMessage,
  Tick,
} from '$lib/engine/types';
import type { SetRecord } from '$lib/history/record';
import type { Settings } from '$lib/settings/settings.svelte';
import { language, t, type Language } from '$lib/i18n/index.svelte';
import { RestTimer } from './rest-timer.svelte';
import type { Sounds } from './sounds';
import { Timings } from './timings';
import type { Voice } from './voice';
import { WakeLock } from './wake-lock';

/** Where the visit stands. `trouble` names itself in `trouble`. */
export type Step = 'setup' | 'loading' | 'live' | 'finishing' | 'rest' | 'trouble';
export type Trouble = CameraFailure | 'engine' | 'server';

export type Source =
  | { kind: 'camera' }
  | { kind: 'demo'; poses: RecordedPose[]; width: number; height: number; speed: number };

/** What the session needs from outside; tests hand in their own. */
export interface Outside {
  engine: () => EngineClient;
  openCamera: (deviceId: string | null) => Promise<CameraSession>;
  /** Whether the server that the page came from looks at frames. */
  offersServerPose: () => Promise<boolean>;
  keep: (record: SetRecord) => Promise<void>;
  settings: Settings;
  voice: Voice;
  sounds: Sounds;
  now: () => number;
  newId: () => string;
}

/** How long a cue stays in sight. */
const CUE_SHOWN_MS = 3500;
const ATTEMPT_SHOWN_MS = 3000;
/** Where errors come from after which there is no set: the engine gave up, or refused to begin. */
const STOPPED: readonly string[] = [
  ...['load', 'network', 'server', 'engine'],
  ...['exercise_id', 'standard', 'type'],
];

export class LiveSession {
  step = $state<Step>('setup');
  exercise = $state('squat');
  source = $state.raw<Source>({ kind: 'camera' });
  trouble = $state<Trouble | null>(null);
  troubleDetail = $state('');
  progress = $state.raw<LoadProgress | null>(null);
  tick = $state.raw<Tick | null>(null);
  pose = $state.raw<PoseSample | null>(null);
  cue = $state.raw<Cue | null>(null);
  reps = $state.raw<LiveRep[]>([]);
  /** The attempt that was just made, while its reason is shown. */
  attempt = $state.raw<LiveRep | null>(null);
  camera = $state.raw<CameraSession | null>(null);
  record = $state.raw<SetRecord | null>(null);
  paused = $state(false);
  setNumber = $state(1);
  timings = $state.raw(new Timings());
  backend = $state('none');
  /** Where this set's frames are looked at. */
  seeing = $state<Seeing>('device');
  rest: RestTimer;

  #outside: Outside;
  #engine: EngineClient | null = null;
  #stopFrames: (() => void) | null = null;
  #demo: AbortController | null = null;
  #wake = new WakeLock();
  /** What the engine speaks in this set. */
  #language: Language = 'en';
  #cueUntil_ms = 0;
  #attemptUntil_ms = 0;
  #unheard: (() => void)[] = [];
  /** Grows with every start and end, so that what an older set still had under way is ignored. */
  #turn = 0;

  constructor(outside: Outside) {
    this.#outside = outside;
    this.rest = new RestTimer(
      outside.now,
      () => this.#rested(),
      (left) => {
        if (left <= 3) outside.sounds.play('tick');
      },
    );
  }

  get attempts(): LiveRep[] {
    return this.reps.filter((rep) => !rep.counted);
  }

  /** Call from a tap: asks for the camera, loads what is needed and begins. */
  async begin(source: Source = this.source): Promise<void> {
    const { settings, voice, sounds } = this.#outside;
    const turn = ++this.#turn;
    this.source = source;
    this.trouble = null;
    this.step = 'loading';
    voice.unlock();
    sounds.unlock();
    this.#wake.hold();
    try {
      const camera = source.kind === 'camera' ? this.#openCamera() : null;
      camera?.catch(() => {});
      this.seeing = source.kind === 'camera' ? await this.#whereToSee() : 'device';
      if (turn !== this.#turn) return;
      const engine = this.#connect();
      const loading = engine.load({
        network: settings.chosen.network,
        networks: source.kind === 'camera',
        seeing: this.seeing,
        onProgress: (progress) => (this.progress = progress),
      });
      // Both at once; the camera's answer first, because a refusal is what the user can act on.
      loading.catch(() => {});
      await camera;
      await loading;
      this.backend = engine.backend;
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
      return;
    }
    if (turn !== this.#turn) return;
    this.#startSet();
  }

  pause(): void {
    if (this.step !== 'live' || this.paused) return;
    this.paused = true;
    this.#engine?.pause();
    this.#outside.voice.stop();
  }

  resume(): void {
    if (!this.paused) return;
    this.paused = false;
    this.#engine?.resume();
  }

  /** Ends the set. With something to report: report, keep, rest. Otherwise back to the start. */
  async end(): Promise<void> {
    if (this.step !== 'live' || !this.#engine) return;
    const turn = ++this.#turn;
    const worked = this.reps.length > 0 || (this.tick?.hold_ms ?? 0) > 0;
    this.#stopInput();
    this.#outside.voice.stop();
    this.paused = false;
    if (!worked) {
      this.#engine.pause();
      this.close();
      return;
    }
    this.step = 'finishing';
    let report: ReportMessage;
    try {
      report = await this.#engine.finish();
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
      return;
    }
    if (turn !== this.#turn) return;
    await this.#keep(report);
    this.#outside.sounds.play('end');
    this.step = 'rest';
    this.#sayNotice(t('live.said.set_over', { count: report.analysis.reps }));
    this.rest.start(this.#outside.settings.chosen.restSecs);
  }

  /** The consent to send frames was withdrawn: a set that sends some ends. */
  withdraw(): void {
    if (this.seeing !== 'server') return;
    if (this.step === 'loading') this.close();
    void this.end().finally(() => this.#disconnect());
  }

  /** Another set of the same. */
  async next(): Promise<void> {
    this.rest.stop();
    this.setNumber += 1;
    await this.begin(this.source);
  }

  /** Back to the start, camera off. */
  close(): void {
    this.#turn++;
    this.#stopInput();
    this.rest.stop();
    this.camera?.stop();
    this.camera = null;
    this.#wake.release();
    this.#outside.voice.stop();
    this.paused = false;
    this.tick = null;
    this.pose = null;
    this.cue = null;
    this.step = 'setup';
  }

  /** Leaves for good. */
  dispose(): void {
    this.close();
    this.#disconnect();
    this.#outside.sounds.close();
  }

  #disconnect(): void {
    for (const stop of this.#unheard) stop();
    this.#engine?.dispose();
    this.#engine = null;
  }

  #connect(): EngineClient {
    if (this.#engine) return this.#engine;
    const engine = this.#outside.engine();
    this.#unheard = [
      engine.onTick((tick, pose, timings) => {
        this.timings.add(timings, this.#outside.now());
        this.#take(tick, pose);
      }),
      engine.onError((error) => {
        // A frame or a message that was refused costs itself only; the rest means that the engine has stopped.
        if (!STOPPED.includes(error.field)) console.warn(`${error.field}: ${error.message}`);
        else if (this.step === 'loading' || this.step === 'live')
          this.#fail(Object.assign(new Error(error.message), { field: error.field }));
      }),
    ];
    this.#engine = engine;
    return engine;
  }

  /** Only with consent, and only where the server looks at frames at all; otherwise nothing leaves the page. */
  async #whereToSee(): Promise<Seeing> {
    const { settings, offersServerPose } = this.#outside;
    const agreed = settings.chosen.serverPose && (await offersServerPose());
    return agreed && settings.chosen.serverPose ? 'server' : 'device';
  }

  async #openCamera(): Promise<void> {
    if (this.camera) return;
    const camera = await this.#outside.openCamera(this.#outside.settings.chosen.cameraId);
    camera.onLost(() => {
      if (this.camera !== camera) return;
      this.#fail(Object.assign(new Error('the camera went away'), { reason: 'lost' }));
    });
    this.camera = camera;
  }

  #startSet(): void {
    const engine = this.#engine;
    if (!engine) return;
    const { chosen } = this.#outside.settings;
    const { source, camera } = this;
    const picture = source.kind === 'demo' ? source : camera;
    this.reps = [];
    this.tick = null;
    this.pose = null;
    this.cue = null;
    this.attempt = null;
    this.record = null;
    this.timings = new Timings();
    this.step = 'live';
    this.#language = language();
    const start: StartMessage = {
      type: 'start',
      exercise_id: this.exercise,
      width: picture?.width ?? 1280,
      height: picture?.height ?? 720,
      standard: chosen.standard,
      hands_free: source.kind === 'camera' && chosen.handsFree,
      height_cm: chosen.heightCm,
      language: this.#language,
    };
    engine.start(start);
    if (source.kind === 'camera')
      this.#stopFrames = camera?.frames((frame, ts_ms) => engine.pushFrame(frame, ts_ms)) ?? null;
    else void this.#replay(engine, source);
  }

  async #replay(engine: EngineClient, source: Source & { kind: 'demo' }): Promise<void> {
    const demo = new AbortController();
    this.#demo = demo;
    try {
      await engine.feedPoses(source.poses, { ...source, signal: demo.signal });
    } catch (error) {
      if (!demo.signal.aborted) this.#fail(error);
      return;
    }
    if (!demo.signal.aborted) await this.end();
  }

  #take(tick: Tick, pose: PoseSample | null): void {
    if (this.step !== 'live') return;
    const { voice, sounds, now } = this.#outside;
    const before = this.tick;
    this.tick = tick;
    this.pose = pose;
    if (before?.stage !== 'working' && tick.stage === 'working' && before) {
      sounds.play('start');
      this.#sayNotice(t('live.said.go'));
    }
    this.#takeReps(tick.reps, tick);
    if (tick.cue) {
      this.cue = tick.cue;
      this.#cueUntil_ms = now() + CUE_SHOWN_MS;
      voice.say({
        kind: tick.cue.kind === 'placement' ? 'placement' : 'form',
        text: tick.cue.text,
        lang: this.#language,
      });
    } else if (this.cue && now() > this.#cueUntil_ms) this.cue = null;
    if (this.attempt && now() > this.#attemptUntil_ms) this.attempt = null;
    if (tick.stage === 'resting' || tick.stage === 'ended') void this.end();
  }

  /** The strip shows every repetition; sound and voice tell of the last. */
  #takeReps(reps: LiveRep[], tick: Tick): void {
    const { voice, sounds, now } = this.#outside;
    this.reps = [...this.reps, ...reps];
    const rep = reps.at(-1);
    if (!rep) return;
    if (rep.counted) {
      sounds.play('rep');
      this.attempt = null;
      voice.say({ kind: 'count', text: String(tick.rep_count), lang: language() });
      return;
    }
    sounds.play('attempt');
    this.attempt = rep;
    this.#attemptUntil_ms = now() + ATTEMPT_SHOWN_MS;
    const reason = rep.reason_texts[0];
    if (reason) voice.say({ kind: 'form', text: reason, lang: this.#language });
  }

  async #keep(report: ReportMessage): Promise<void> {
    const record: SetRecord = {
      version: 1,
      id: this.#outside.newId(),
      ended_at: Date.now(),
      source: this.source.kind,
      language: this.#language,
      analysis: report.analysis,
      figures: report.figures,
    };
    this.record = record;
    try {
      await this.#outside.keep(record);
    } catch (error) {
      // A private window may have no database: the report is still shown, only not kept.
      console.warn('the set could not be kept on this device:', error);
    }
  }

  #rested(): void {
    this.#outside.sounds.play('rested');
    this.#sayNotice(t('live.said.rested'));
  }

  #sayNotice(text: string): void {
    this.#outside.voice.say({ kind: 'notice', text, lang: language() });
  }

  #stopInput(): void {
    this.#stopFrames?.();
    this.#stopFrames = null;
    this.#demo?.abort();
    this.#demo = null;
  }

  #fail(error: unknown): void {
    this.#turn++;
    this.#stopInput();
    this.camera?.stop();
    this.camera = null;
    this.#wake.release();
    this.trouble = reasonOf(error);
    this.troubleDetail = error instanceof Error ? error.message : String(error);
    this.step = 'trouble';
  }
}

const CAMERA_FAILURES: readonly string[] = [
  'denied',
  'absent',
  'busy',
  'insecure',
  'unsupported',
  'lost',
] satisfies CameraFailure[];

function reasonOf(error: unknown): Trouble {
  if (error instanceof Error && 'field' in error && error.field === 'server') return 'server';
  const reason: unknown = error instanceof Error && 'reason' in error ? error.reason : null;
  return typeof reason === 'string' && CAMERA_FAILURES.includes(reason)
    ? (reason as CameraFailure)
    : 'engine';
}

export const [getSession, setSession] = createContext<LiveSession>();
