// What is logged today and what the camera saw today is done; today's button leads to the first exercise that is not finished.
import { expect, test } from 'vitest';
import type { SetRecord } from '$lib/history/record';
import type { OutboxRequest } from '$lib/outbox/request';
import { dateOf } from '$lib/plan/dates';
import type { PlannedExercise } from '$lib/wire/plans';
import type { PerformedSet, Session } from '$lib/wire/sessions';
import { doneOf, firstOpen, loggedOn, seenOn } from './done';

const NOON = new Date(2026, 10, 21, 12).getTime();
const TODAY = dateOf(new Date(NOON));
const record = (exercise: string, source: SetRecord['source'], ended_at = NOON): SetRecord =>
  ({ source, ended_at, analysis: { exercise } }) as SetRecord;
const planned = (
  id: string,
  sets: number,
  camera_judged = true,
  role: PlannedExercise['role'] = 'work',
): PlannedExercise => ({ id, sets, camera_judged, role }) as PlannedExercise;

test('only today’s sets before the camera count', () => {
  const records = [
    record('squat', 'camera'),
    record('squat', 'camera'),
    record('squat', 'demo'),
    record('lunge', 'video'),
    record('push_up', 'camera', NOON - 24 * 3_600_000),
  ];
  expect([...seenOn(TODAY, records)]).toEqual([['squat', 2]]);
});

/** `squat`, `squat:left`, `squat:warm_up`; with `!` the camera saw it. */
function set(text: string, n: number): PerformedSet {
  const [exercise_id = '', what] = text.replace('!', '').split(':');
  const side = what === 'left' || what === 'right' ? what : null;
  const kind = what !== undefined && side === null ? what : 'work';
  const seen = text.endsWith('!') ? { attempts: 0 } : null;
  return { id: `${text} ${n}`, exercise_id, kind, side, seen } as PerformedSet;
}
const sets = (text: string): PerformedSet[] => text.split(' ').filter(Boolean).map(set);

test.each([
  ['', {}, 'squat 0, lunge 0, arm_circles 0'],
  ['squat squat', {}, 'squat 2, lunge 0, arm_circles 0'],
  ['squat:warm_up squat:drop squat:amrap', {}, 'squat 1, lunge 0, arm_circles 0'],
  ['arm_circles:warm_up', {}, 'squat 0, lunge 0, arm_circles 1'],
  ['lunge:left lunge:right lunge:left', {}, 'squat 0, lunge 1, arm_circles 0'],
  ['', { squat: 2 }, 'squat 2, lunge 0, arm_circles 0'],
  ['squat! squat', { squat: 1 }, 'squat 2, lunge 0, arm_circles 0'],
  ['squat! squat', { squat: 3 }, 'squat 4, lunge 0, arm_circles 0'],
  ['lunge:left! lunge:right!', { lunge: 1 }, 'squat 0, lunge 1, arm_circles 0'],
])('logged “%s”, seen %o: %s', (logged, seen, expected) => {
  const workout = [
    planned('squat', 3),
    planned('lunge', 2),
    planned('arm_circles', 1, false, 'warm_up'),
  ];
  const done = doneOf(workout, sets(logged), new Map(Object.entries(seen)));
  expect([...done].map(([id, n]) => `${id} ${n}`).join(', ')).toBe(expected);
});

const session = (id: string, on: string, logged: string): Session =>
  ({ id, on, sets: sets(logged) }) as Session;
const write = (method: OutboxRequest['method'], topic: string, body: unknown): OutboxRequest =>
  ({ method, topic, body }) as OutboxRequest;

test.each([
  ['another day’s is not today’s', [session('a', '2026-11-20', 'squat')], [], null, ''],
  ['today’s from the server', [session('a', TODAY, 'squat')], [], null, 'squat'],
  [
    'with a set that waits here',
    [session('a', TODAY, 'squat')],
    [write('POST', 'sessions/a/sets/l', set('lunge', 0))],
    null,
    'lunge squat',
  ],
  [
    'done without a network',
    [],
    [
      write('POST', 'sessions/b', { id: 'b', on: TODAY }),
      write('POST', 'sessions/b/sets/l', set('lunge', 0)),
    ],
    null,
    'lunge',
  ],
  ['the one that runs here', [session('a', TODAY, '')], [], session('a', TODAY, 'squat'), 'squat'],
  ['deleted here', [session('a', TODAY, 'squat')], [write('DELETE', 'sessions/a', null)], null, ''],
])('%s', (_what, told, requests, running, expected) => {
  const logged = loggedOn(TODAY, told, requests, running).map((one) => one.exercise_id);
  expect(logged.sort().join(' ')).toBe(expected);
});

test.each([
  [{}, 'squat'],
  [{ squat: 1 }, 'squat'],
  [{ squat: 2 }, 'push_up'],
  [{ squat: 3, push_up: 3 }, undefined],
])('after %o comes %s', (done, id) => {
  const workout = [planned('arm_circles', 1, false), planned('squat', 2), planned('push_up', 3)];
  expect(firstOpen(workout, new Map(Object.entries(done)))?.id).toBe(id);
});
