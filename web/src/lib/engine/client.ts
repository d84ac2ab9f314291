// The page's side of the engine: one worker, the latest frame, and a set that survives the worker.
//
// The page remembers what the engine was told (landmarks, never pictures). When a worker dies, the next one plays it
// again and arrives at the same count, because the engine is deterministic.
import type { NetworkBackend } from './backend';
import { EngineError } from './failure';
import type { FromWorker, SeenPose, SetEvent, ToWorker } from './messages';
import type {
  Backend,
  EngineClient,
  ErrorMessage,
  LoadOptions,
  PoseSample,
  RecordedPose,
  ReportMessage,
  StageTimings,
  StartMessage,
  Tick,
} from './types';

/** Half an hour at 30 frames a second, which is how long the engine keeps a set's poses, too. */
const MAX_EVENTS = 54_000;
/** A frame that takes longer than this has hung the worker. */
const HUNG_MS = 20_000;
const MAX_CRASHES = 3;
const CRASH_MEMORY_MS = 60_000;

type TickListener = (tick: Tick, pose: PoseSample | null, timings: StageTimings) => void;
type Frame = VideoFrame | ImageBitmap;

interface Waiting {
  resolve: (tick: Tick) => void;
  reject: (error: unknown) => void;
}
interface Job {
  message: (ToWorker & { kind: 'frame' }) | (ToWorker & { kind: 'pose' });
  since_ms: number;
  waiting: Waiting | null;
}

/** What the client takes from its surroundings; tests bring their own. */
export interface Outside {
  worker: () => Worker;
  now: () => number;
}

const BROWSER: Outside = {
  worker: () =>
    new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'engine' }),
  now: () => performance.now(),
};

export function createEngine(): EngineClient {
  return new WorkerEngine(BROWSER);
}

export class WorkerEngine implements EngineClient {
  backend: Backend = 'none';
  backend_reason = '';

  readonly #ticks = new Set<TickListener>();
  readonly #errors = new Set<(error: ErrorMessage) => void>();
  #worker: Worker | null = null;
  #options: LoadOptions | null = null;
  /** What `load` was asked for, and its promise. */
  #key: string | null = null;
  #loading: Promise<void> | null = null;
  #settle: { resolve: () => void; reject: (error: unknown) => void } | null = null;
  #loaded = false;
  #avoid = new Set<NetworkBackend>();
  #crashes: number[] = [];

  #start: StartMessage | null = null;
  #references: string | null = null;
  #events: SetEvent[] = [];
  #paused = false;
  #report: { resolve: (report: ReportMessage) => void; reject: (error: unknown) => void } | null =
    null;

  #nextId = 1;
  #underWay: Job | null = null;
  #latest: Job | null = null;
  #n_dropped = 0;
  #watchdog: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly outside: Outside) {}

  load(options: LoadOptions): Promise<void> {
    const seeing = options.seeing ?? 'device';
    const key = JSON.stringify([
      options.network,
      options.networks,
      options.backend ?? null,
      seeing,
    ]);
    if (this.#loading && this.#key === key) return this.#loading;
    // An engine with networks plays recorded landmarks, too.
    if (this.#loaded && this.backend !== 'none' && !options.networks) return Promise.resolve();
    this.#settle?.reject(new EngineError('engine', 'something else was loaded meanwhile'));
    this.#options = options;
    this.#key = key;
    this.#crashes = [];
    this.#loading = new Promise((resolve, reject) => (this.#settle = { resolve, reject }));
    this.#spawn();
    return this.#loading;
  }

  start(start: StartMessage, references: string | null = null): void {
    this.#start = start;
    this.#references = references;
    this.#events = [];
    this.#paused = false;
    this.#forgetLatest();
    this.#n_dropped = 0;
    if (this.#loaded) this.#send({ kind: 'start', start, references, events: [] });
  }

  pushFrame(frame: Frame, ts_ms: number): void {
    if (this.#paused || !this.#worker) return frame.close();
    this.#forgetLatest();
    this.#submit({ kind: 'frame', id: this.#nextId++, frame, ts_ms }, null);
  }

  pushFrameAndWait(frame: Frame, ts_ms: number): Promise<Tick> {
    return new Promise((resolve, reject) => {
      if (!this.#worker) {
        frame.close();
        reject(new EngineError('engine', 'a frame came before `load`'));
        return;
      }
      this.#forgetLatest();
      this.#submit({ kind: 'frame', id: this.#nextId++, frame, ts_ms }, { resolve, reject });
    });
  }

  async feedPoses(
    poses: RecordedPose[],
    options: { width: number; height: number; speed: number; signal?: AbortSignal },
  ): Promise<void> {
    const { width, height, speed, signal } = options;
    const begin_ms = this.outside.now();
    const first_ms = poses[0]?.t_ms ?? 0;
    let paused_ms = 0;
    for (const recorded of poses) {
      const due = (): number => begin_ms + paused_ms + (recorded.t_ms - first_ms) / speed;
      while (speed > 0 && (this.#paused || this.outside.now() < due())) {
        const before = this.outside.now();
        await pausing(this.#paused ? 50 : due() - before, signal);
        if (this.#paused) paused_ms += this.outside.now() - before;
      }
      signal?.throwIfAborted();
      const pose: SeenPose = {
        ts_ms: recorded.t_ms,
        landmarks: Float32Array.from(recorded.lm?.flat() ?? []),
        world: Float32Array.from(recorded.world?.flat() ?? []),
      };
      await new Promise<Tick>((resolve, reject) => {
        this.#submit(
          { kind: 'pose', id: this.#nextId++, pose, width, height },
          { resolve, reject },
        );
      });
    }
  }

  onTick(listener: TickListener): () => void {
    this.#ticks.add(listener);
    return () => this.#ticks.delete(listener);
  }

  onError(listener: (error: ErrorMessage) => void): () => void {
    this.#errors.add(listener);
    return () => this.#errors.delete(listener);
  }

  pause(): void {
    this.#forgetLatest();
    this.#paused = true;
    this.#remember('pause');
    if (this.#loaded) this.#send({ kind: 'pause' });
  }

  resume(): void {
    this.#paused = false;
    this.#remember('resume');
    if (this.#loaded) this.#send({ kind: 'resume' });
  }

  finish(): Promise<ReportMessage> {
    this.#forgetLatest();
    return new Promise((resolve, reject) => {
      if (!this.#start) {
        reject(new EngineError('engine', 'there is no set to finish; start one first'));
        return;
      }
      this.#report = { resolve, reject };
      if (this.#loaded) this.#send({ kind: 'finish' });
    });
  }

  dispose(): void {
    const gone = new EngineError('engine', 'the engine was closed');
    this.#endWorker(gone);
    this.#giveUp(gone);
    this.#ticks.clear();
    this.#errors.clear();
  }

  /** Starts a worker that loads what is wanted. */
  #spawn(): void {
    this.#endWorker(new EngineError('engine', 'the engine was loaded anew'));
    const worker = this.outside.worker();
    this.#worker = worker;
    const died = (why: string) => {
      if (this.#worker === worker) this.#crashed(new EngineError('engine', why));
    };
    worker.onmessage = (event: MessageEvent<FromWorker>) => {
      if (this.#worker === worker) this.#take(event.data);
    };
    worker.onerror = (event) => died(event.message || 'its program could not be loaded');
    worker.onmessageerror = () => died('a message could not be read');
    this.#send({
      kind: 'load',
      network: this.#options?.network ?? 'full',
      networks: this.#options?.networks ?? true,
      backend: this.#options?.backend ?? null,
      seeing: this.#options?.seeing ?? 'device',
      avoid: [...this.#avoid],
    });
  }

  #endWorker(why: EngineError): void {
    clearTimeout(this.#watchdog);
    this.#worker?.terminate();
    this.#worker = null;
    this.#loaded = false;
    const lost = this.#underWay;
    this.#underWay = null;
    lost?.waiting?.reject(why);
    this.#forgetLatest();
  }

  #take(message: FromWorker): void {
    switch (message.kind) {
      case 'progress':
        this.#options?.onProgress?.(message.progress);
        break;
      case 'loaded':
        this.#onLoaded(message.backend, message.reason);
        break;
      case 'tick':
        this.#onTick(message);
        break;
      case 'report':
        this.#report?.resolve(message.report);
        this.#report = null;
        break;
      case 'refused':
        for (const listener of this.#errors) listener(message.error);
        break;
      case 'failed':
        this.#onFailed(new EngineError(message.field, message.message), message.backend);
        break;
      default:
        message satisfies never;
    }
  }

  #onLoaded(backend: Backend, reason: string): void {
    this.#loaded = true;
    this.backend = backend;
    this.backend_reason = reason;
    this.#options?.onProgress?.({ stage: 'ready', loaded_bytes: 0, total_bytes: 0 });
    const [start, references, events] = [this.#start, this.#references, this.#events];
    if (start) this.#send({ kind: 'start', start, references, events });
    if (this.#report) this.#send({ kind: 'finish' });
    this.#settle?.resolve();
    this.#settle = null;
    this.#next();
  }

  #onTick(message: FromWorker & { kind: 'tick' }): void {
    const job = this.#underWay;
    if (job?.message.id !== message.id) return;
    clearTimeout(this.#watchdog);
    this.#underWay = null;
    const dropped = this.#n_dropped;
    this.#n_dropped = 0;
    // The next frame starts before the page does anything with this one.
    this.#next();
    const { tick, told, landmarks, width, height, timings } = message;
    if (!tick) {
      job.waiting?.reject(new EngineError('engine', 'a frame came before a set was started'));
      return;
    }
    this.#remember(told);
    const pose = landmarks.length > 0 ? { ts_ms: told.ts_ms, landmarks, width, height } : null;
    const total_ms = this.outside.now() - job.since_ms;
    for (const listener of this.#ticks) listener(tick, pose, { ...timings, total_ms, dropped });
    job.waiting?.resolve(tick);
  }

  #onFailed(error: EngineError, backend: NetworkBackend | null): void {
    if (error.field === 'load' || error.field === 'server') return this.#fatal(error);
    const slower = error.field === 'network' && backend !== null && backend !== 'wasm';
    if (slower && !this.#options?.backend) this.#avoid.add(backend);
    else if (error.field === 'network' && !this.#loaded) return this.#fatal(error);
    this.#crashed(error);
  }

  /** Tries again with a new worker, unless that has not helped lately. */
  #crashed(error: EngineError): void {
    const now = this.outside.now();
    this.#crashes = this.#crashes.filter((then) => now - then < CRASH_MEMORY_MS);
    this.#crashes.push(now);
    if (this.#crashes.length > MAX_CRASHES) {
      const why = `the engine stopped ${this.#crashes.length} times: ${error.message}; reload the page`;
      return this.#fatal(new EngineError(error.field, why));
    }
    console.warn('the engine starts again:', error.message);
    this.#endWorker(error);
    this.#spawn();
  }

  #fatal(error: EngineError): void {
    const loading = this.#settle !== null;
    this.#endWorker(error);
    this.#giveUp(error);
    // Who waits for `load` hears it there.
    if (loading) return;
    for (const listener of this.#errors)
      listener({ type: 'error', field: error.field, message: error.message });
  }

  #giveUp(error: EngineError): void {
    this.#settle?.reject(error);
    this.#settle = null;
    this.#loading = null;
    this.#key = null;
    this.#report?.reject(error);
    this.#report = null;
  }

  #submit(message: Job['message'], waiting: Waiting | null): void {
    this.#latest = { message, since_ms: this.outside.now(), waiting };
    this.#next();
  }

  #next(): void {
    const job = this.#latest;
    if (!job || !this.#loaded || this.#underWay) return;
    this.#latest = null;
    this.#underWay = job;
    this.#watchdog = setTimeout(() => {
      this.#crashed(new EngineError('engine', 'a frame took too long'));
    }, HUNG_MS);
    this.#send(job.message, job.message.kind === 'frame' ? [job.message.frame] : []);
  }

  /** Drops the frame that waits: a newer one is there, or none is wanted any more. */
  #forgetLatest(): void {
    const job = this.#latest;
    this.#latest = null;
    if (!job) return;
    this.#n_dropped += 1;
    if (job.message.kind === 'frame') job.message.frame.close();
    job.waiting?.reject(new EngineError('frame', 'a newer frame came'));
  }

  #remember(event: SetEvent): void {
    if (!this.#start) return;
    this.#events.push(event);
    if (this.#events.length > MAX_EVENTS) this.#events.shift();
  }

  #send(message: ToWorker, transfer: Transferable[] = []): void {
    this.#worker?.postMessage(message, transfer);
  }
}

function pausing(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason instanceof Error ? signal.reason : new Error('stopped'));
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, ms);
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted) stop();
  });
}
