// What is written is sent once, in order, and never lost, whatever tabs, networks, clocks and servers do.
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Outbox } from './outbox.svelte';
import { Queue } from './queue';
import type { NewRequest } from './request';
import { chance, Locks, openTab, Server } from './simulated';

let server: Server;
let locks: Locks;
let opened: Outbox[];
const clock = (): number => Date.now();
const tab = (name: string, at: () => number = clock, withLocks = true): Outbox => {
  const made = openTab(name, server, withLocks ? locks : null, at, chance(name.length));
  opened.push(made);
  return made;
};

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  server = new Server();
  locks = new Locks();
  opened = [];
  await new Queue().clear();
});
afterEach(() => {
  vi.clearAllTimers();
  vi.useRealTimers();
});

const start = (id: string): NewRequest => ({
  method: 'POST',
  path: '/sessions',
  body: { id },
  topic: `sessions/${id}`,
  opens: true,
  label: 'start',
});
const set = (session: string, n: number): NewRequest => ({
  method: 'POST',
  path: `/sessions/${session}/sets`,
  body: n,
  topic: `sessions/${session}/sets/${n}`,
  keep: `sessions/${session}`,
  label: `set ${n}`,
});

/** Lets everything run that is due within `ms`. */
async function pass(ms: number): Promise<void> {
  for (let gone = 0; gone <= ms; gone += 500) {
    await vi.advanceTimersByTimeAsync(500);
    for (const one of opened) await one.rest();
  }
}
/** fake-indexeddb answers by timers of its own, which are real. */
const settle = async (): Promise<void> => {
  for (const one of opened) await one.rest();
};
const numbers = (): unknown[] => server.done.map(({ body }) => body).filter(Number.isInteger);
const upTo = (n: number): number[] => Array.from({ length: n }, (_, index) => index);

test.each([
  ['with locks', true],
  ['with leases', false],
])(
  '%s: three tabs write 40 sets over a bad line; each arrives once, in order',
  async (_how, withLocks) => {
    const luck = chance(7);
    server.fate = () => {
      const roll = luck();
      if (roll < 0.15) return 'lost';
      if (roll < 0.3) return 'answer_lost';
      return roll < 0.4 ? 'broken' : 'ok';
    };
    const tabs = ['a', 'bb', 'ccc'].map((name) => tab(name, clock, withLocks));
    await tabs[0]?.add(start('s'));
    for (const n of upTo(40)) await tabs[n % 3]?.add(set('s', n));
    await settle();
    await pass(20 * 60_000);
    expect(numbers()).toEqual(upTo(40));
    expect(server.done[0]?.topic).toBe('sessions/s');
    expect(await new Queue().all('anna')).toEqual([]);
  },
);

test('the order is that of writing, whatever the clocks say', async () => {
  server.fate = () => 'lost';
  let skew = 0;
  const one = tab('a', () => 1_000_000_000_000 - 86_400_000 * skew);
  const other = tab('b', () => 5_000 + 1000 * skew);
  await one.add(start('s'));
  for (const n of upTo(10)) {
    skew = n;
    await (n % 2 ? one : other).add(set('s', n));
  }
  await settle();
  server.fate = () => 'ok';
  await pass(10_000);
  expect(numbers()).toEqual(upTo(10));
});

test('a tab killed while sending leaves its request to the next one, and it is not done twice', async () => {
  const killed = tab('killed');
  server.fate = (n) => (n === 0 ? 'hangs' : 'ok');
  await killed.add(set('s', 0));
  await vi.waitFor(async () => expect((await new Queue().all('anna'))[0]?.state).toBe('sending'));
  locks.release('killed');
  opened = [];
  const next = tab('next');
  await next.refresh();
  next.send();
  await settle();
  expect(numbers()).toEqual([0]);
  expect(next.requests).toEqual([]);
});

test('without locks a killed tab keeps the turn no longer than its lease', async () => {
  const killed = tab('killed', clock, false);
  server.fate = (n) => (n === 0 ? 'hangs' : 'ok');
  await killed.add(set('s', 0));
  await vi.waitFor(async () => expect((await new Queue().all('anna'))[0]?.state).toBe('sending'));
  opened = [];
  const next = tab('next', clock, false);
  next.send();
  await settle();
  expect(numbers()).toEqual([]);
  await pass(120_000);
  expect(numbers()).toEqual([0]);
});

test('a refused set stays until somebody deals with it, and the others go on', async () => {
  server.fate = (_n, { body }) => (body === 1 ? { status: 422 } : 'ok');
  const one = tab('a');
  await one.add(start('s'));
  for (const n of upTo(3)) await one.add(set('s', n));
  await settle();
  await pass(60 * 60_000);
  expect(numbers()).toEqual([0, 2]);
  expect(one.failed).toMatchObject([
    { body: 1, state: 'failed', problem: { status: 422, detail: 'no set 1', remedy: 'mend' } },
  ]);
  expect(one.n_waiting).toBe(0);
  // A new tab shows it, too; mended it goes, under a key of its own.
  const later = tab('b');
  await later.refresh();
  const [failed] = later.failed;
  if (!failed) throw new Error('it should be there');
  await later.retry(failed, 11);
  await settle();
  expect(numbers()).toEqual([0, 2, 11]);
  expect(later.requests).toEqual([]);
});

test('a refused beginning holds its sets, visibly, and lets other sessions pass', async () => {
  server.fate = (_n, { topic }) => (topic === 'sessions/bad' ? { status: 409 } : 'ok');
  const one = tab('a');
  await one.add(start('bad'));
  await one.add(set('bad', 0));
  await one.add(start('good'));
  await one.add(set('good', 1));
  await settle();
  await pass(5_000);
  expect(numbers()).toEqual([1]);
  const held = one.requests.find(({ body }) => body === 0);
  if (!held) throw new Error('it should wait');
  expect(one.waitsFor(held)?.topic).toBe('sessions/bad');
  const [beginning] = one.failed;
  if (!beginning) throw new Error('it should be there');
  await one.discard(beginning);
  await one.refresh();
  expect(one.requests).toEqual([]);
});

test('a correction of a refused set waits for it', async () => {
  server.fate = (_n, { method }) => (method === 'POST' ? { status: 422 } : 'ok');
  const one = tab('a');
  await one.add(set('s', 0));
  await one.add({ ...set('s', 0), method: 'PUT' });
  await settle();
  await pass(1_000);
  expect(server.done).toEqual([]);
  expect(one.requests.map(({ state }) => state)).toEqual(['failed', 'waiting']);
});

test('a server that fails on one session still gets the others, and is asked again for ever', async () => {
  let down = true;
  server.fate = (_n, { topic }) => (down && topic.startsWith('sessions/bad') ? 'broken' : 'ok');
  const one = tab('a');
  await one.add(set('bad', 0));
  await one.add(set('bad', 1));
  await one.add(set('good', 2));
  await settle();
  await pass(60 * 60_000);
  expect(numbers()).toEqual([2]);
  expect(one.failed).toEqual([]);
  expect(one.n_waiting).toBe(2);
  down = false;
  await pass(6 * 60_000);
  expect(numbers()).toEqual([2, 0, 1]);
});

test('a network that takes every other request is bad, not away: nobody waits long', async () => {
  server.fate = (n) => (n % 2 === 0 ? 'lost' : 'ok');
  const one = tab('a');
  for (const n of upTo(20)) await one.add(set('s', n));
  await settle();
  await pass(25_000);
  expect(numbers()).toEqual(upTo(20));
});

test('signed out, everything waits, and goes after the next sign-in', async () => {
  server.account = null;
  const one = tab('a');
  await one.add(set('s', 0));
  await settle();
  await pass(1_000);
  expect(one.signedOut).toBe(true);
  expect(one.n_waiting).toBe(1);
  server.account = 'anna';
  one.send();
  await settle();
  expect(numbers()).toEqual([0]);
  expect(one.signedOut).toBe(false);
});

test('nothing is sent as somebody else', async () => {
  server.account = 'ben';
  const one = tab('a');
  await one.add(set('s', 0));
  await settle();
  await pass(5 * 60_000);
  expect(server.done).toEqual([]);
  expect(await new Queue().all('anna')).toHaveLength(1);
});

test('what the server answers is kept in the same step', async () => {
  const one = tab('a');
  await one.add(set('s', 0));
  await settle();
  expect(await one.queue.answer('sessions/s', 'anna')).toEqual({ n: 0 });
  expect(await one.queue.answer('sessions/s', 'ben')).toBeUndefined();
});

test('what is held back goes when its time has come, and keeps what follows of the same behind it', async () => {
  const one = tab('a');
  const held = await one.add({ ...set('s', 0), hold_ms: 10_000 });
  await one.add(set('s', 1));
  await one.add(set('other', 2));
  await settle();
  expect(numbers()).toEqual([2]);
  await pass(11_000);
  expect(numbers()).toEqual([2, 0, 1]);
  expect(await one.takeBack(held)).toBe(false);
});

test('what is held back can be taken back, and is never sent', async () => {
  const one = tab('a');
  const held = await one.add({ ...set('s', 0), hold_ms: 10_000 });
  await settle();
  expect(await one.takeBack(held)).toBe(true);
  await pass(60_000);
  expect(numbers()).toEqual([]);
  expect(await new Queue().all('anna')).toEqual([]);
});

test('a clock that was set back holds nothing up', async () => {
  let now = Date.now();
  const one = tab('a', () => now);
  await one.add({ ...set('s', 0), hold_ms: 10_000 });
  await settle();
  now -= 86_400_000;
  await pass(61_000);
  expect(numbers()).toEqual([0]);
});
