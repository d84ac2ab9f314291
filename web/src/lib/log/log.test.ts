// A running session is seen at once, survives a reload and a flight, is one in all tabs, and everything can be undone.
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { Locks, openTab, Server } from '$lib/outbox/simulated';
import type { Outbox } from '$lib/outbox/outbox.svelte';
import { Queue } from '$lib/outbox/queue';
import type { SeenSet, Session } from '$lib/wire/sessions';
import { Book } from './book.svelte';
import { fold } from './fold';
import { Log } from './log.svelte';
import { blankRow, type Card } from './sheet';
import { Sheets } from './sheets';

let server: Server;
let locks: Locks;
let n: number;
let undo: () => void;
let gone: (() => void) | undefined;

beforeEach(async () => {
  server = new Server();
  const known = new Map<string, Session | null>();
  server.answer = (request) => {
    const id = request.topic.split('/')[1] ?? '';
    known.set(id, fold(known.get(id) ?? null, [request]));
    return known.get(id) ?? undefined;
  };
  locks = new Locks();
  n = 0;
  await new Queue().clear();
  await new Sheets().clear();
});

interface Tab {
  outbox: Outbox;
  log: Log;
  settle: () => Promise<void>;
}

function tab(name: string): Tab {
  const outbox = openTab(name, server, locks, () => 1000 + n);
  const book = new Book({ outbox, sheets: new Sheets(), channel: null, nameOf: (id) => id });
  const log = new Log(book, {
    now: () => 1000 + n++,
    newId: () => `${name}-${n++}`,
    account: () => 'anna',
    say: (_text, back, passed) => {
      undo = back;
      gone = passed;
    },
  });
  book.open();
  const settle = async (): Promise<void> => {
    await book.idle();
    await outbox.rest();
    await book.read();
  };
  return { outbox, log, settle };
}

const card = (key: string, n_rows = 2): Card => ({
  ...{ key, exercise_id: key, name: key, group: null, rest_secs: 90, timed: false },
  rows: Array.from({ length: n_rows }, (_, at) => ({
    ...blankRow(`${key}${at}`, false),
    ...{ reps: 8, load_kg: 60 },
  })),
});
const begin = (log: Log): Promise<void> =>
  log.start({
    ...{ title: 'Push', from_plan: null, plan: null, deload: false },
    cards: [card('a'), card('b')],
  });
const sent = (): string[] => server.done.map(({ topic }) => topic.split('/').at(-1) ?? '');
const shape = ({ log }: Tab): string =>
  (log.sheet?.cards ?? [])
    .map(
      (one) =>
        `${one.key}[${one.rows.map((row) => (log.book.isDone(row.id) ? 'x' : '.')).join('')}]`,
    )
    .join(' ');

test('a set is in sight in the same moment, before anything is kept or sent', async () => {
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.check('a0');
  expect(shape(one)).toBe('a[x.] b[..]');
  expect(one.log.sheet?.rest).toMatchObject({ total_secs: 90, next: 'a' });
  await one.settle();
  expect(shape(one)).toBe('a[x.] b[..]');
  expect(server.done[1]?.body).toMatchObject({ place: 0, reps: 8, load_kg: 60, kind: 'work' });
});

test('without a network everything goes on, over a reload, and arrives later in order', async () => {
  server.fate = () => 'lost';
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.change('a1', { reps: 5 });
  one.log.check('a0');
  one.log.check('a1');
  await one.settle();
  expect(one.log.book.unsaved.get('a1')).toBe('waiting');
  const reloaded = tab('two');
  await reloaded.settle();
  expect(shape(reloaded)).toBe('a[xx] b[..]');
  expect(reloaded.log.running).toBe(true);
  reloaded.log.check('b0');
  server.fate = () => 'ok';
  reloaded.outbox.send();
  await reloaded.settle();
  await reloaded.settle();
  expect(sent().slice(1)).toEqual(['a0', 'a1', 'b0']);
  expect(reloaded.log.book.unsaved.size).toBe(0);
});

test('tabs agree, and what one adds does not undo what the other added', async () => {
  const [one, two] = [tab('one'), tab('two')];
  await one.settle();
  await begin(one.log);
  await one.settle();
  await two.settle();
  one.log.addSet('a');
  two.log.addSet('b');
  two.log.check('b0');
  await two.settle();
  await one.settle();
  await two.settle();
  expect(shape(one)).toBe('a[...] b[x..]');
  expect(shape(two)).toBe('a[...] b[x..]');
});

test.each<[string, (log: Log) => void]>([
  ['a set taken back', (log) => log.uncheck('a0')],
  ['a set removed', (log) => log.removeSet('a0')],
  ['an exercise removed', (log) => log.exercises.remove(log.sheet?.cards[0] ?? card('a'))],
  ['an exercise moved', (log) => log.exercises.move(log.sheet?.cards[0] ?? card('a'), 1)],
  ['a superset made', (log) => log.exercises.group(log.sheet?.cards[0] ?? card('a'), 'superset')],
  [
    'an exercise added',
    (log) => log.exercises.add({ id: 'c', name: 'C', dose: 'reps' } as LibraryEntry),
  ],
  [
    'an exercise swapped',
    (log) =>
      log.exercises.swap(
        log.sheet?.cards[0] ?? card('a'),
        { id: 'c', name: 'C', dose: 'reps' } as LibraryEntry,
        50,
      ),
  ],
  ['the session thrown away', (log) => log.discard()],
])('%s can be undone', async (_what, change) => {
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.check('a0');
  await one.settle();
  const before = { shape: shape(one), set: one.log.book.done('a0') };
  change(one.log);
  await one.settle();
  undo();
  await one.settle();
  await one.settle();
  expect({ shape: shape(one), set: one.log.book.done('a0') }).toEqual(before);
  expect(one.log.sheet?.cards.every((each) => each.group === null)).toBe(true);
});

test('advice for the next set reaches those after it, and can be undone', async () => {
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.addSet('a');
  one.log.check('a0');
  await one.settle();
  const asked = (): string[] =>
    (one.log.sheet?.cards[0]?.rows ?? []).map(({ load_kg, reps }) => `${load_kg}x${reps}`);
  const first = one.log.sheet?.cards[0];
  if (first) one.log.takeAdvice(first, 'a1', { load_kg: 57.5, reps: 7, seconds: null });
  await one.settle();
  expect(asked()).toEqual(['60x8', '57.5x7', '57.5x8']);
  one.log.check('a1');
  undo();
  await one.settle();
  // What was done with it stays.
  expect(asked()).toEqual(['60x8', '57.5x7', '60x8']);
});

test('a session that was ended too early goes on', async () => {
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.check('a0');
  one.log.finish({ srpe: 7 });
  await one.settle();
  expect([one.log.finished, one.log.running]).toEqual([true, false]);
  one.log.undo();
  await one.settle();
  expect([one.log.finished, one.log.running]).toEqual([false, true]);
  expect(shape(one)).toBe('a[x.] b[..]');
  expect(server.done.at(-1)?.body).toEqual({ ended_at_ms: null });
  one.log.finish({});
  await one.settle();
  expect(one.log.finished).toBe(true);
});

test('a set done again is put back, not made a second time', async () => {
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.check('a0');
  one.log.uncheck('a0');
  one.log.check('a0');
  await one.settle();
  const methods = server.requests
    .filter(({ topic }) => topic.endsWith('a0'))
    .map(({ method }) => method);
  expect(methods).toEqual(['POST', 'DELETE', 'PUT']);
});

test('a session thrown away is told to the server once that cannot be undone any more', async () => {
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  await one.settle();
  one.log.discard();
  await one.settle();
  expect(one.log.running).toBe(false);
  expect(server.requests.at(-1)?.method).toBe('POST');
  gone?.();
  await one.settle();
  await one.settle();
  expect(server.requests.at(-1)?.method).toBe('DELETE');
  expect(await new Sheets().all('anna')).toEqual([]);
});

test('a refused set stays in sight as refused', async () => {
  server.fate = (_n, { topic }) => (topic.endsWith('a0') ? { status: 422 } : 'ok');
  const one = tab('one');
  await one.settle();
  await begin(one.log);
  one.log.check('a0');
  one.log.check('a1');
  await one.settle();
  await one.settle();
  expect(shape(one)).toBe('a[xx] b[..]');
  expect([...one.log.book.unsaved]).toEqual([['a0', 'failed']]);
});

test('what the camera saw goes to the open set of its exercise, else begins a session', async () => {
  const one = tab('one');
  await one.settle();
  const squat = { id: 'squat', name: 'Squat', dose: 'reps' } as LibraryEntry;
  const seen = { attempts: 1, technique: 88 } as SeenSet;
  const values = { load_kg: null, reps: 9, seconds: null, rir: 2 };
  await one.log.logSeen(squat, values, seen, 'record1');
  await one.settle();
  expect(one.log.session?.sets).toMatchObject([{ exercise_id: 'squat', reps: 9, rir: 2, seen }]);
  await one.log.logSeen(squat, { ...values, reps: 7 }, seen, 'record2');
  await one.settle();
  expect(one.log.session?.sets.map(({ reps }) => reps)).toEqual([9, 7]);
  expect(['record1', 'record2', 'record3'].map((id) => one.log.holds(id))).toEqual([
    true,
    true,
    false,
  ]);
});
