// A correction is seen at once, survives a reload without a network, and is never dropped; a deleted session can be brought back.
import 'fake-indexeddb/auto';
import { beforeEach, expect, test, vi } from 'vitest';
import { fold } from '$lib/log/fold';
import { Locks, openTab, Server } from '$lib/outbox/simulated';
import type { Outbox } from '$lib/outbox/outbox.svelte';
import { Queue } from '$lib/outbox/queue';
import type { PerformedSet, Session } from '$lib/wire/sessions';
import { SessionEditor } from './editor.svelte';

const set = (id: string, reps: number): PerformedSet =>
  ({ id, exercise_id: 'squat', kind: 'work', reps, load_kg: 60, place: 0, done_at_ms: 1 }) as never;
const SESSION = {
  ...{ id: 's', title: 'Push', started_at_ms: 0, ended_at_ms: 60_000, minutes: null },
  sets: [set('a', 8), set('b', 6)],
  summary: { minutes: 1, n_sets: 2, n_reps: 14, volume_load_kg: 840, decisions: [] },
} as unknown as Session;
let server: Server;
let locks: Locks;
let known: Session | null;
let now: number;

beforeEach(async () => {
  server = new Server();
  locks = new Locks();
  known = SESSION;
  now = 1000;
  server.answer = (request) => (known = fold(known, [request])) ?? undefined;
  await new Queue().clear();
});

interface Tab {
  outbox: Outbox;
  editor: SessionEditor;
  settle: () => Promise<void>;
  shape: () => string;
}

/** A tab whose page was told the session as it was at the beginning. */
function tab(name: string): Tab {
  const outbox = openTab(name, server, locks, () => now);
  const editor = new SessionEditor(outbox, 's', () => ({ value: SESSION, asOf: 1000 }));
  const settle = async (): Promise<void> => {
    await outbox.rest();
    await outbox.refresh();
    await editor.read();
  };
  const shape = (): string => {
    const { session, unsaved } = editor;
    if (session === null) return 'gone';
    const mark = (id: string): string =>
      unsaved.has(id) ? (unsaved.get(id) === 'failed' ? '!' : '…') : '';
    return session.sets.map(({ id, reps }) => `${id}${reps}${mark(id)}`).join(' ');
  };
  return { outbox, editor, settle, shape };
}

test('a correction is in sight before anything is kept or sent, and stays once it has arrived', async () => {
  const { editor, settle, shape } = tab('one');
  const written = editor.put(set('a', 3), 'squat');
  expect(shape()).toBe('a3 b6');
  await written;
  now = 2000;
  await settle();
  expect(shape()).toBe('a3 b6');
  expect(known?.sets[0]?.reps).toBe(3);
});

test('without a network corrections survive a reload, and arrive later in order', async () => {
  server.fate = () => 'lost';
  const one = tab('one');
  await one.editor.put(set('a', 3), 'squat');
  await one.editor.removeSet(set('b', 6), 'squat');
  await one.editor.change({ title: 'Legs' });
  await one.settle();
  const reloaded = tab('two');
  await reloaded.settle();
  expect(reloaded.shape()).toBe('a3…');
  expect(reloaded.editor.session).toMatchObject({
    title: 'Legs',
    summary: { n_sets: 1, n_reps: 3 },
  });
  server.fate = () => 'ok';
  now = 2000;
  reloaded.outbox.send();
  await reloaded.settle();
  expect(reloaded.shape()).toBe('a3');
  expect(server.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    'PUT /sessions/s/sets/a',
    'DELETE /sessions/s/sets/b',
    'PATCH /sessions/s',
  ]);
});

test('what is refused stays, and is marked', async () => {
  server.fate = () => ({ status: 422 });
  const { outbox, editor, settle, shape } = tab('one');
  await editor.put(set('a', 5000), 'squat · 5000');
  await settle();
  expect(shape()).toBe('a5000! b6');
  expect(outbox.failed.map(({ label }) => label)).toEqual(['squat · 5000']);
});

test('of what the page was told and what a correction was answered the newer is shown', async () => {
  const one = tab('one');
  now = 2000;
  await one.editor.put(set('a', 3), 'squat');
  await one.settle();
  expect(one.shape()).toBe('a3 b6');
  now = 500;
  await one.outbox.queue.keepAnswer('sessions/s', 'anna', { ...SESSION, sets: [] });
  await one.settle();
  expect(one.shape()).toBe('a8 b6');
});

test('a deleted session is gone at once, and back when that is taken back in time', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { editor, settle, shape } = tab('one');
  const back = await editor.remove('Push');
  await settle();
  expect(shape()).toBe('gone');
  expect(server.requests).toEqual([]);
  expect(await back()).toBe(true);
  await settle();
  expect(shape()).toBe('a8 b6');

  const again = await editor.remove('Push');
  now += 20_000;
  await vi.advanceTimersByTimeAsync(20_000);
  vi.useRealTimers();
  await settle();
  expect(server.requests.map(({ method }) => method)).toEqual(['DELETE']);
  expect(await again()).toBe(false);
});
