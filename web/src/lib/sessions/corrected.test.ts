// A session is shown as it was corrected before the server has heard of it, in its own screen and in the list.
import { expect, test } from 'vitest';
import type { OutboxRequest } from '$lib/outbox/request';
import type { PerformedSet, Session, SessionInShort } from '$lib/wire/sessions';
import { corrected, listed } from './corrected';

const MINUTE_MS = 60_000;
const set = (id: string, reps: number, load_kg = 60): PerformedSet =>
  ({
    id,
    exercise_id: 'squat',
    kind: 'work',
    reps,
    load_kg,
    place: 0,
    done_at_ms: 1,
  }) as PerformedSet;
const told = {
  id: 's',
  title: 'Push',
  started_at_ms: 0,
  ended_at_ms: 44.5 * MINUTE_MS,
  minutes: null,
  sets: [set('a', 8), set('b', 6)],
  summary: {
    ...{ minutes: 45, n_sets: 2, n_reps: 14, volume_load_kg: 840 },
    decisions: [{ exercise_id: 'squat', reversed: false }],
  },
} as Session;
const write = (
  method: OutboxRequest['method'],
  topic: string,
  body: unknown = null,
): OutboxRequest => ({ method, topic, body, state: 'waiting' }) as OutboxRequest;
const ofSet = (method: 'PUT' | 'DELETE', id: string, body: unknown = null): OutboxRequest =>
  write(method, `sessions/s/sets/${id}`, body);

test.each([
  ['nothing waits', [], 'Push 45 min: a8 b6 = 2 sets, 14 reps, 840 kg'],
  [
    'a set is right now',
    [ofSet('PUT', 'a', set('a', 3))],
    'Push 45 min: a3 b6 = 2 sets, 9 reps, 540 kg',
  ],
  ['a set is out', [ofSet('DELETE', 'a')], 'Push 45 min: b6 = 1 sets, 6 reps, 360 kg'],
  [
    'a set is out and back',
    [ofSet('DELETE', 'a'), ofSet('PUT', 'a', set('a', 8))],
    'Push 45 min: a8 b6 = 2 sets, 14 reps, 840 kg',
  ],
  [
    'it has a name and minutes',
    [write('PATCH', 'sessions/s', { title: 'Legs', minutes: 30 })],
    'Legs 30 min: a8 b6 = 2 sets, 14 reps, 840 kg',
  ],
  ['it is gone', [write('DELETE', 'sessions/s')], 'gone'],
])('%s', (_what, writes, expected) => {
  const now = corrected(told, writes);
  const { n_sets, n_reps, volume_load_kg, minutes } = now?.summary ?? told.summary;
  const sets = (now?.sets ?? []).map(({ id, reps }) => `${id}${reps}`).join(' ');
  const all = `${n_sets} sets, ${n_reps} reps, ${volume_load_kg} kg`;
  expect(now ? `${now.title} ${minutes} min: ${sets} = ${all}` : 'gone').toBe(expected);
});

test('a decision is taken back', () => {
  const now = corrected(told, [write('POST', 'sessions/s/decisions/squat')]);
  expect(now?.summary.decisions).toMatchObject([{ exercise_id: 'squat', reversed: true }]);
  expect(now?.sets).toHaveLength(2);
});

const short = (id: string, on: string, title = id): SessionInShort =>
  ({ id, on, title, started_at_ms: 0, ended_at_ms: 1, minutes: 45 }) as SessionInShort;
const LIST = [short('new', '2026-11-20'), short('old', '2026-11-18')];

test.each([
  ['nothing waits', [], 'new 45, old 45'],
  ['one is deleted', [write('DELETE', 'sessions/new')], 'old 45'],
  [
    'one is renamed and shorter',
    [write('PATCH', 'sessions/old', { title: 'older', minutes: 20 })],
    'new 45, older 20',
  ],
  [
    'a set of one is corrected',
    [write('PUT', 'sessions/old/sets/a', set('a', 3))],
    'new 45, old 45',
  ],
  [
    'one was done without a network',
    [
      write('POST', 'sessions/fresh', {
        id: 'fresh',
        on: '2026-11-21',
        title: 'fresh',
        started_at_ms: 0,
      }),
      write('POST', 'sessions/fresh/sets/a', set('a', 3)),
      write('PATCH', 'sessions/fresh', { ended_at_ms: 10 * MINUTE_MS }),
    ],
    'fresh 10, new 45, old 45',
  ],
  ['one goes on', [write('PATCH', 'sessions/new', { ended_at_ms: null })], 'new 45 …, old 45'],
  ['something else waits', [write('POST', 'check-ins/2026-11-20')], 'new 45, old 45'],
])('in the list: %s', (_what, requests, expected) => {
  const list = listed(LIST, requests).map(
    ({ title, minutes, ended_at_ms }) => `${title} ${minutes}${ended_at_ms === null ? ' …' : ''}`,
  );
  expect(list.join(', ')).toBe(expected);
});
