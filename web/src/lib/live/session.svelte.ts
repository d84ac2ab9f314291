// One visit to the live screen: set up, live set, rest, next set. Leads from one step to the next, with everything that
// a step needs opened before it and closed after it.
import { createContext } from 'svelte';
import type { CameraSession } from '$lib/capture/types';
import type {
  EngineClient,
  LoadProgress,
  ReportMessage,
  Seeing,
  StartMessage,
} from '$lib/engine/types';
import type { SetRecord } from '$lib/history/record';
import type { Settings } from '$lib/settings/settings.svelte';
import { language, t } from '$lib/i18n/index.svelte';
import { Feed, type Recording, type Source } from './feed.svelte';
import { RestTimer } from './rest-timer.svelte';
import { SetUnderWay } from './set-under-way.svelte';
import type { Sounds } from './sounds';
import { stopsSet, type Trouble, troubleOf } from './trouble';
import type { Voice } from './voice';
import { WakeLock } from './wake-lock';

/** Where the visit stands. `trouble` names itself in `trouble`. */
export type Step = 'setup' | 'loading' | 'live' | 'finishing' | 'rest' | 'trouble';

/** What the session needs from outside; tests hand in their own. */
export interface Outside {
  engine: () => EngineClient;
  openCamera: (deviceId: string | null) => Promise<CameraSession>;
  /** Whether the server that the page came from looks at frames. */
  offersServerPose: () => Promise<boolean>;
  /** The person's own technique references, for the engine. */
  ownReferences: () => Promise<string | null>;
  keep: (record: SetRecord) => Promise<void>;
  settings: Settings;
  voice: Voice;
  sounds: Sounds;
  now: () => number;
  newId: () => string;
}

export class LiveSession {
  step = $state<Step>('setup');
  exercise = $state('squat');
  source = $state.raw<Source>({ kind: 'camera' });
  trouble = $state<Trouble | null>(null);
  troubleDetail = $state('');
  progress = $state.raw<LoadProgress | null>(null);
  record = $state.raw<SetRecord | null>(null);
  /** Why the set waits, if it does: somebody said so, or nobody could see the page. */
  pausedBy = $state<'hand' | 'sight' | null>(null);
  setNumber = $state(1);
  backend = $state('none');
  /** Where this set's frames are looked at. */
  seeing = $state<Seeing>('device');
  readonly set: SetUnderWay;
  readonly feed: Feed;
  readonly rest: RestTimer;

  #outside: Outside;
  #engine: EngineClient | null = null;
  #wake = new WakeLock();
  #unheard: (() => void)[] = [];
  /** Grows with every start and end, so that what an older set still had under way is ignored. */
  #turn = 0;
  #inSight = true;

  constructor(outside: Outside) {
    this.#outside = outside;
    this.set = new SetUnderWay(outside);
    this.feed = new Feed(outside.openCamera, () => this.#lostCamera());
    this.rest = new RestTimer(
      outside.now,
      () => this.#rested(),
      (left) => {
        if (left <= 3) outside.sounds.play('tick');
      },
    );
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
    let references: string | null;
    try {
      const camera = source.kind === 'camera' ? this.feed.open(settings.chosen.cameraId) : null;
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
      const own = this.#outside.ownReferences();
      // All at once; the camera's answer first, because a refusal is what the user can act on.
      loading.catch(() => {});
      await camera;
      await loading;
      this.backend = engine.backend;
      references = await own;
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
      return;
    }
    if (turn !== this.#turn) return;
    this.#startSet(references);
  }

  get paused(): boolean {
    return this.pausedBy !== null;
  }

  pause(): void {
    this.#pause('hand');
  }

  /** The page was hidden: another tab, a locked phone. What the camera sees now is not meant, so the set waits. */
  outOfSight(): void {
    this.#inSight = false;
    this.#pause('sight');
  }

  /** The page is seen again. The set goes on when its person says so. */
  backInSight(): void {
    this.#inSight = true;
    if (this.pausedBy === 'sight') this.#sayNotice(t('live.said.waits'));
  }

  /** Goes on with the same count. */
  async resume(): Promise<void> {
    if (this.step !== 'live' || !this.paused || !this.#engine) return;
    const turn = this.#turn;
    if (this.source.kind === 'camera' && !this.feed.camera) {
      try {
        await this.feed.open(this.#outside.settings.chosen.cameraId);
      } catch (error) {
        if (turn === this.#turn) this.#fail(error);
        return;
      }
      if (turn !== this.#turn || !this.paused) return;
      this.feed.film(this.#engine);
    }
    this.pausedBy = null;
    this.#engine.resume();
  }

  /** Ends the set. With something to report: report, keep, rest. Otherwise back to the start. */
  async end(): Promise<void> {
    if (this.step !== 'live' || !this.#engine) return;
    const turn = ++this.#turn;
    const { worked } = this.set;
    this.feed.stop();
    this.#outside.voice.stop();
    this.pausedBy = null;
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
    this.rest.stop();
    this.feed.close();
    this.#wake.release();
    this.#outside.voice.stop();
    this.pausedBy = null;
    this.set.leave();
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
        if (this.step !== 'live') return;
        this.set.take(tick, pose, timings);
        if (tick.stage === 'resting' || tick.stage === 'ended') void this.end();
      }),
      engine.onError((error) => {
        if (!stopsSet(error.field)) console.warn(`${error.field}: ${error.message}`);
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

  #startSet(references: string | null): void {
    const engine = this.#engine;
    if (!engine) return;
    const { chosen } = this.#outside.settings;
    const { source } = this;
    const picture = source.kind === 'demo' ? source : this.feed.camera;
    this.set.begin(language());
    this.record = null;
    this.pausedBy = null;
    this.step = 'live';
    const start: StartMessage = {
      type: 'start',
      exercise_id: this.exercise,
      width: picture?.width ?? 1280,
      height: picture?.height ?? 720,
      standard: chosen.standard,
      hands_free: source.kind === 'camera' && chosen.handsFree,
      height_cm: chosen.heightCm,
      language: this.set.language,
    };
    engine.start(start, references);
    if (source.kind === 'camera') this.feed.film(engine);
    else void this.#replay(engine, source);
    if (!this.#inSight) this.#pause('sight');
  }

  #pause(by: 'hand' | 'sight'): void {
    if (this.step !== 'live' || this.paused) return;
    this.pausedBy = by;
    this.#engine?.pause();
    this.#outside.voice.stop();
  }

  /** A set that waits, and a rest, can do without: phones take the camera away behind their lock. */
  #lostCamera(): void {
    if (this.step === 'loading' || (this.step === 'live' && !this.paused))
      this.#fail(Object.assign(new Error('the camera went away'), { reason: 'lost' }));
    else this.feed.close();
  }

  async #replay(engine: EngineClient, recording: Recording): Promise<void> {
    let over: boolean;
    try {
      over = await this.feed.play(engine, recording);
    } catch (error) {
      this.#fail(error);
      return;
    }
    if (over) await this.end();
  }

  async #keep(report: ReportMessage): Promise<void> {
    const record: SetRecord = {
      version: 1,
      id: this.#outside.newId(),
      ended_at: Date.now(),
      source: this.source.kind,
      language: this.set.language,
      analysis: report.analysis,
      figures: report.figures,
      live: this.set.count,
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

  #fail(error: unknown): void {
    this.#turn++;
    this.feed.close();
    this.#wake.release();
    this.trouble = troubleOf(error);
    this.troubleDetail = error instanceof Error ? error.message : String(error);
    this.step = 'trouble';
  }
}

export const [getSession, setSession] = createContext<LiveSession>();
