// The engine's worker: networks, tracking and the coach, so that the page only paints.
//
// One message is handled after the other; the page keeps at most one frame under way, so nothing queues up here. What
// throws is told as `failed`, and the page starts another worker, which plays the set so far again.
/// <reference lib="webworker" />
import { type Choice, chooseBackend, type NetworkBackend } from './backend';
import { engineFiles } from './downloads';
import { type EngineModule, type LiveCoach, loadEngine } from './engine-module';
import { EngineError, messageOf } from './failure';
import type { FromWorker, SeenPose, ToWorker } from './messages';
import { inPicture, type Size } from './picture';
import { Seer } from './seeing';
import { browser, ServerSeer } from './server-seeing';
import type { ErrorMessage, LoadProgress, ReportMessage, Tick } from './types';

const scope = self as unknown as DedicatedWorkerGlobalScope;
const origin = scope.location.origin;

let engine: EngineModule | null = null;
let seer: Seer | ServerSeer | null = null;
let backend: NetworkBackend | null = null;
let coach: LiveCoach | null = null;
let picture: Size = { width: 1280, height: 720 };

function tell(message: FromWorker, transfer: Transferable[] = []): void {
  scope.postMessage(message, transfer);
}

let busy = Promise.resolve();
scope.onmessage = (event: MessageEvent<ToWorker>) => {
  busy = busy.then(() => handle(event.data)).catch(fail);
};
scope.onunhandledrejection = (event) => fail(event.reason);

function fail(error: unknown): void {
  const field = error instanceof EngineError ? error.field : 'engine';
  tell({ kind: 'failed', field, message: messageOf(error), backend });
}

async function handle(message: ToWorker): Promise<void> {
  switch (message.kind) {
    case 'load':
      return load(message);
    case 'start':
      return start(message);
    case 'frame':
      return look(message);
    case 'pose':
      return replay(message);
    case 'pause':
      return coach?.pause();
    case 'resume':
      return coach?.resume();
    case 'finish':
      return finish();
    default:
      message satisfies never;
  }
}

async function load(wanted: ToWorker & { kind: 'load' }): Promise<void> {
  const onProgress =
    (stage: LoadProgress['stage']) => (loaded_bytes: number, total_bytes: number) => {
      tell({ kind: 'progress', progress: { stage, loaded_bytes, total_bytes } });
    };
  const files = await engineFiles(origin);
  engine ??= await loadEngine(origin, files, onProgress('engine'));
  if (!wanted.networks)
    return tell({ kind: 'loaded', backend: 'none', reason: 'no networks needed' });
  if (wanted.seeing === 'server') {
    onProgress('server')(0, 0);
    seer = await ServerSeer.load(browser(origin), wanted.network);
    return tell({ kind: 'loaded', backend: 'server', reason: 'asked for' });
  }
  const choice: Choice = wanted.backend
    ? { backend: wanted.backend, reason: 'asked for' }
    : await chooseBackend(
        {
          gpu: (navigator as { gpu?: GPU }).gpu,
          crossOriginIsolated: scope.crossOriginIsolated,
          n_cores: navigator.hardwareConcurrency,
        },
        new Set(wanted.avoid),
      );
  ({ backend } = choice);
  seer = await Seer.load(origin, files, engine, backend, wanted.network, onProgress);
  tell({ kind: 'loaded', ...choice });
}

function start({ start, references, events }: ToWorker & { kind: 'start' }): void {
  if (!engine) throw new EngineError('engine', 'a set was started before the engine was loaded');
  coach?.free();
  coach = null;
  seer?.reset();
  picture = { width: start.width ?? 1280, height: start.height ?? 720 };
  try {
    coach = begin(engine, JSON.stringify(start), references);
  } catch (error) {
    return tell({
      kind: 'refused',
      error: { type: 'error', field: 'start', message: messageOf(error) },
    });
  }
  for (const event of events)
    if (event === 'pause') coach.pause();
    else if (event === 'resume') coach.resume();
    else push(event);
}

/** A set is counted all the same when references cannot be read; its report says what it was compared with. */
function begin({ exports }: EngineModule, start: string, references: string | null): LiveCoach {
  try {
    return new exports.LiveCoach(start, references);
  } catch (error) {
    if (references === null) throw error;
    tell({
      kind: 'refused',
      error: { type: 'error', field: 'references', message: messageOf(error) },
    });
    return new exports.LiveCoach(start);
  }
}

async function look({ id, frame, ts_ms }: ToWorker & { kind: 'frame' }): Promise<void> {
  try {
    if (!seer) throw new EngineError('engine', 'a frame came before the networks were loaded');
    const { landmarks, world, width, height, timings } = await seer.see(frame, ts_ms);
    const told: SeenPose = {
      ts_ms,
      landmarks: inPicture(landmarks, { width, height }, picture),
      world: new Float32Array(world),
    };
    const before = performance.now();
    const tick = push(told);
    const engine_ms = performance.now() - before;
    tell(
      {
        kind: 'tick',
        id,
        tick,
        told,
        landmarks,
        width,
        height,
        timings: { ...timings, engine_ms },
      },
      [landmarks.buffer],
    );
  } finally {
    frame.close();
  }
}

function replay({ id, pose, width, height }: ToWorker & { kind: 'pose' }): void {
  const before = performance.now();
  const tick = push(pose);
  const timings = {
    capture_ms: 0,
    preprocess_ms: 0,
    detect_ms: null,
    landmarks_ms: null,
    engine_ms: performance.now() - before,
  };
  tell({
    kind: 'tick',
    id,
    tick,
    told: pose,
    landmarks: new Float64Array(pose.landmarks),
    width,
    height,
    timings,
  });
}

function push(pose: SeenPose): Tick | null {
  if (!coach) return null;
  const { ts_ms, landmarks, world } = pose;
  const answer = JSON.parse(
    coach.push_landmarks(ts_ms, new Float64Array(landmarks), new Float64Array(world)),
  ) as Tick | ErrorMessage;
  if (answer.type === 'tick') return answer;
  tell({ kind: 'refused', error: answer });
  return null;
}

function finish(): void {
  if (!coach) throw new EngineError('engine', 'there is no set to finish; start one first');
  if (seer instanceof ServerSeer) seer.rest();
  tell({ kind: 'report', report: JSON.parse(coach.finish()) as ReportMessage });
}
