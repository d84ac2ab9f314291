// The client against a worker that the test plays.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { WorkerEngine } from './client';
import type { FromWorker, SetEvent, ToWorker } from './messages';
import type { StageTimings, Tick } from './types';

class FakeWorker {
  onmessage: ((event: { data: FromWorker }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  onmessageerror: (() => void) | null = null;
  told: ToWorker[] = [];
  ended = false;

  postMessage(message: ToWorker): void {
    this.told.push(message);
  }
  terminate(): void {
    this.ended = true;
  }
  says(data: FromWorker): void {
    this.onmessage?.({ data });
  }
  of<K extends ToWorker['kind']>(kind: K): (ToWorker & { kind: K })[] {
    return this.told.filter((message): message is ToWorker & { kind: K } => message.kind === kind);
  }
  loads(): void {
    this.says({ kind: 'loaded', backend: 'wasm', reason: 'because' });
  }
  /** Answers the frame under way with a count of how many poses were told. */
  ticks(): void {
    const id = this.of('frame').at(-1)?.id ?? this.of('pose').at(-1)?.id ?? 0;
    this.says({
      kind: 'tick',
      id,
      tick: { type: 'tick', rep_count: 1 } as Tick,
      told: { ts_ms: id, landmarks: new Float32Array(132), world: new Float32Array(99) },
      landmarks: new Float64Array(132),
      width: 4,
      height: 3,
      timings: {
        capture_ms: 1,
        preprocess_ms: 1,
        detect_ms: null,
        landmarks_ms: 2,
        engine_ms: 1,
      },
    });
  }
}

function frame(): ImageBitmap & { closed: boolean } {
  const fake = { closed: false, width: 4, height: 3, close: () => (fake.closed = true) };
  return fake;
}

let now = 0;
let workers: FakeWorker[] = [];
let engine: WorkerEngine;
const worker = (): FakeWorker => {
  const last = workers.at(-1);
  if (!last) throw new Error('no worker was started');
  return last;
};

async function loaded(): Promise<void> {
  const loading = engine.load({ network: 'lite', networks: true });
  worker().loads();
  await loading;
}

beforeEach(() => {
  vi.useFakeTimers();
  now = 0;
  workers = [];
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  engine = new WorkerEngine({
    now: () => now,
    worker: () => {
      const one = new FakeWorker();
      workers.push(one);
      return one as unknown as Worker;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('frames', () => {
  it('keeps only the latest while one is under way, and says how many were dropped', async () => {
    await loaded();
    engine.start({ type: 'start' });
    const timings: StageTimings[] = [];
    engine.onTick((_tick, _pose, told) => timings.push(told));
    const frames = [frame(), frame(), frame(), frame()] as const;
    frames.forEach((one, index) => engine.pushFrame(one, index * 33));
    expect(
      worker()
        .of('frame')
        .map((message) => message.ts_ms),
    ).toEqual([0]);
    expect(frames.map((one) => one.closed)).toEqual([false, true, true, false]);
    now = 50;
    worker().ticks();
    expect(
      worker()
        .of('frame')
        .map((message) => message.ts_ms),
    ).toEqual([0, 99]);
    now = 80;
    worker().ticks();
    expect(timings).toMatchObject([
      { dropped: 2, total_ms: 50, landmarks_ms: 2 },
      { dropped: 0, total_ms: 80 },
    ]);
  });

  it('closes frames that come before `load` or during a pause', async () => {
    const [early, resting] = [frame(), frame()];
    engine.pushFrame(early, 0);
    await loaded();
    engine.start({ type: 'start' });
    engine.pause();
    engine.pushFrame(resting, 33);
    expect([early.closed, resting.closed, worker().of('frame').length]).toEqual([true, true, 0]);
    engine.resume();
    engine.pushFrame(frame(), 66);
    expect(worker().told.map((message) => message.kind)).toEqual([
      'load',
      'start',
      'pause',
      'resume',
      'frame',
    ]);
  });
});

describe('recorded landmarks', () => {
  it('are played at their own pace, until stopped', async () => {
    await loaded();
    engine.start({ type: 'start' });
    const stop = new AbortController();
    const poses = [0, 100, 200].map((t_ms) => ({ t_ms }));
    const options = { width: 4, height: 3, speed: 1, signal: stop.signal };
    const fed = engine.feedPoses(poses, options).catch((error: unknown) => String(error));
    const advance = async (ms: number): Promise<void> => {
      now += ms;
      await vi.advanceTimersByTimeAsync(ms);
    };
    await advance(0);
    worker().ticks();
    await advance(99);
    expect(worker().of('pose')).toHaveLength(1);
    await advance(1);
    expect(worker().of('pose')).toHaveLength(2);
    worker().ticks();
    stop.abort(new Error('enough'));
    expect(await fed).toContain('enough');
  });
});

describe('a worker that dies', () => {
  it('is replaced by one that plays the set again', async () => {
    await loaded();
    engine.start({ type: 'start', exercise_id: 'squat' });
    engine.pushFrame(frame(), 0);
    worker().ticks();
    engine.pause();
    engine.resume();
    engine.pushFrame(frame(), 33);
    worker().onerror?.({ message: 'out of memory' });
    expect(workers.map((one) => one.ended)).toEqual([true, false]);
    worker().loads();
    const [start] = worker().of('start');
    const kinds = start?.events.map((event: SetEvent) =>
      typeof event === 'string' ? event : 'pose',
    );
    expect(kinds).toEqual(['pose', 'pause', 'resume']);
    expect(start?.start.exercise_id).toBe('squat');
  });

  it('is given up after three attempts, with what to do', async () => {
    await loaded();
    const errors: string[] = [];
    engine.onError((error) => errors.push(error.message));
    for (let crash = 0; crash < 4; crash++) worker().onerror?.({ message: 'boom' });
    expect(workers).toHaveLength(4);
    expect(errors).toEqual([expect.stringMatching(/boom.*reload the page/)]);
  });

  it('is replaced when a frame takes far too long', async () => {
    await loaded();
    engine.start({ type: 'start' });
    const waiting = engine.pushFrameAndWait(frame(), 0).catch((error: unknown) => String(error));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(workers).toHaveLength(2);
    expect(await waiting).toContain('too long');
  });

  it('does not lose a report that was asked for', async () => {
    await loaded();
    engine.start({ type: 'start' });
    const finished = engine.finish();
    worker().onerror?.({ message: 'boom' });
    worker().loads();
    expect(worker().told.map((message) => message.kind)).toEqual(['load', 'start', 'finish']);
    const report = { type: 'report' } as never;
    worker().says({ kind: 'report', report });
    expect(await finished).toBe(report);
  });
});

describe('loading', () => {
  it('leaves out a backend that cannot run the networks', async () => {
    const loading = engine.load({ network: 'full', networks: true });
    worker().says({ kind: 'failed', field: 'network', message: 'no', backend: 'webgpu' });
    expect(worker().of('load')[0]?.avoid).toEqual(['webgpu']);
    worker().loads();
    await loading;
    expect([engine.backend, engine.backend_reason]).toEqual(['wasm', 'because']);
  });

  it('tells what could not be fetched, and can be tried again', async () => {
    const refused = engine.load({ network: 'full', networks: true });
    worker().says({ kind: 'failed', field: 'load', message: 'no connection', backend: null });
    await expect(refused).rejects.toThrow('no connection');
    await loaded();
    expect(workers).toHaveLength(2);
  });

  it('happens once for the same options', async () => {
    await loaded();
    await engine.load({ network: 'lite', networks: true });
    await engine.load({ network: 'full', networks: false });
    expect(workers).toHaveLength(1);
  });
});
