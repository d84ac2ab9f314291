// A visit with an engine and a camera that the test plays: what becomes of a set when nobody can see the page.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CameraSession } from '$lib/capture/types';
import type { EngineClient, Tick } from '$lib/engine/types';
import { Settings } from '$lib/settings/settings.svelte';
import { LiveSession, type Outside } from './session.svelte';

class FakeCamera {
  width = 4;
  height = 3;
  stopped = false;
  filming = false;
  lost: () => void = () => {};
  frames(): () => void {
    this.filming = true;
    return () => (this.filming = false);
  }
  onLost(listener: () => void): () => void {
    this.lost = listener;
    return () => {};
  }
  stop(): void {
    this.stopped = true;
  }
}

let page: EventTarget & { hidden: boolean; visibilityState: string };
let locks: number;
let told: string[];
let references: Promise<string | null>;
let said: string[];
let cameras: FakeCamera[];
let tick: (tick: Partial<Tick>) => void;
let session: LiveSession;

function hide(hidden: boolean): void {
  Object.assign(page, { hidden, visibilityState: hidden ? 'hidden' : 'visible' });
  page.dispatchEvent(new Event('visibilitychange'));
  // As the route does.
  if (hidden) session.outOfSight();
  else session.backInSight();
}

beforeEach(() => {
  page = Object.assign(new EventTarget(), { hidden: false, visibilityState: 'visible' });
  [locks, told, said, cameras] = [0, [], [], []];
  references = Promise.resolve(null);
  vi.stubGlobal('document', page);
  const request = (): Promise<unknown> => {
    locks += 1;
    return Promise.resolve({ release: () => Promise.resolve() });
  };
  vi.stubGlobal('navigator', { wakeLock: { request } });
  const engine: Partial<EngineClient> = {
    backend: 'wasm',
    load: () => Promise.resolve(),
    start: (_start, own) => void told.push(own ? `start, compared with ${own}` : 'start'),
    pause: () => void told.push('pause'),
    resume: () => void told.push('resume'),
    onTick: (listener) => {
      const timings = { dropped: 0 } as Parameters<typeof listener>[2];
      tick = (some) => listener({ stage: 'working', reps: [], ...some } as Tick, null, timings);
      return () => {};
    },
    onError: () => () => {},
    dispose: () => {},
  };
  const outside = {
    engine: () => engine as EngineClient,
    openCamera: () => {
      const camera = new FakeCamera();
      cameras.push(camera);
      return Promise.resolve(camera as unknown as CameraSession);
    },
    offersServerPose: () => Promise.resolve(false),
    ownReferences: () => references,
    keep: () => Promise.resolve(),
    settings: new Settings(null),
    voice: {
      unlock: () => {},
      stop: () => {},
      say: (one: { text: string }) => said.push(one.text),
    },
    sounds: { unlock: () => {}, play: () => {}, close: () => {} },
    now: () => 0,
    newId: () => 'id',
  };
  session = new LiveSession(outside as unknown as Outside);
});
afterEach(() => vi.unstubAllGlobals());

test('a set out of sight waits, with its count, until its person goes on', async () => {
  await session.begin({ kind: 'camera' });
  tick({ rep_count: 3 });
  hide(true);
  expect([session.pausedBy, told, said]).toEqual(['sight', ['start', 'pause'], []]);
  hide(false);
  expect([session.pausedBy, said]).toEqual(['sight', ['Your set is waiting. Your count is kept.']]);
  await session.resume();
  expect([session.paused, told.at(-1), session.set.tick?.rep_count]).toEqual([false, 'resume', 3]);
  expect(cameras.length).toBe(1);
});

test('the screen is kept on again after it was out of sight', async () => {
  await session.begin({ kind: 'camera' });
  expect(locks).toBe(1);
  hide(true);
  expect(locks).toBe(1);
  hide(false);
  expect(locks).toBe(2);
  session.close();
  hide(true);
  hide(false);
  expect(locks).toBe(2);
});

test('a pause by hand stays one', async () => {
  await session.begin({ kind: 'camera' });
  session.pause();
  hide(true);
  hide(false);
  expect([session.pausedBy, told, said]).toEqual(['hand', ['start', 'pause'], []]);
});

test('a set that begins out of sight waits, too', async () => {
  const begun = session.begin({ kind: 'camera' });
  hide(true);
  await begun;
  expect([session.pausedBy, told]).toEqual(['sight', ['start', 'pause']]);
});

test('a camera that was taken away meanwhile is opened again, and the count is kept', async () => {
  await session.begin({ kind: 'camera' });
  tick({ rep_count: 3 });
  hide(true);
  cameras[0]?.lost();
  expect([session.step, session.feed.camera, cameras[0]?.stopped]).toEqual(['live', null, true]);
  hide(false);
  await Promise.all([session.resume(), session.resume()]);
  expect(cameras.map((camera) => camera.filming)).toEqual([false, true]);
  expect([session.set.tick?.rep_count, told]).toEqual([3, ['start', 'pause', 'resume']]);
});

test('a camera that goes away before our eyes is trouble', async () => {
  await session.begin({ kind: 'camera' });
  cameras[0]?.lost();
  expect([session.step, session.trouble]).toEqual(['trouble', 'lost']);
});

test('a set is compared with its person’s own references', async () => {
  references = Promise.resolve('mine');
  await session.begin({ kind: 'camera' });
  expect(told).toEqual(['start, compared with mine']);
});

test('a camera that is allowed after all was left is closed again', async () => {
  const begun = session.begin({ kind: 'camera' });
  session.close();
  await begun;
  expect([session.step, cameras[0]?.stopped, told]).toEqual(['setup', true, []]);
});
