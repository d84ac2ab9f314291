// Today's button leads to the first exercise that is not finished.
import { expect, test } from 'vitest';
import type { SetRecord } from '$lib/history/record';
import { dateOf } from '$lib/plan/dates';
import type { PlannedExercise } from '$lib/wire/plans';
import { firstOpen, setsOn } from './done';

const NOON = new Date(2026, 10, 21, 12).getTime();
const record = (exercise: string, source: SetRecord['source'], ended_at = NOON): SetRecord =>
  ({ source, ended_at, analysis: { exercise } }) as SetRecord;
const planned = (id: string, sets: number, camera_judged = true): PlannedExercise =>
  ({ id, sets, camera_judged }) as PlannedExercise;

test('only today’s sets before the camera count', () => {
  const records = [
    record('squat', 'camera'),
    record('squat', 'camera'),
    record('squat', 'demo'),
    record('lunge', 'video'),
    record('push_up', 'camera', NOON - 24 * 3_600_000),
  ];
  expect([...setsOn(dateOf(new Date(NOON)), records)]).toEqual([['squat', 2]]);
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
