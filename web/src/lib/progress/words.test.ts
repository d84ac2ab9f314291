// A trend is drawn through what it rests on, and records stand by exercise.
import { expect, test } from 'vitest';
import type { PersonalRecord, RecordKind } from '$lib/wire/progress';
import { beatText, byExercise, recordText, trendLines } from './words';

const trend = (slope: number, low: number, high: number, n: number) =>
  ({ slope, slope_low: low, slope_high: high, n, direction: 'rising', confidence: 'low' }) as const;

test('the line goes through the last points only, its interval opens away from their middle', () => {
  const { middle, low, high } = trendLines([50, 10, 12, 14], trend(2, 1, 3, 3));
  expect(middle).toEqual([null, 10, 12, 14]);
  expect(low).toEqual([null, 9, 12, 13]);
  expect(high).toEqual([null, 11, 12, 15]);
});

test('one wild session does not move the line', () => {
  expect(trendLines([10, 12, 99, 16, 18], trend(2, 2, 2, 5)).middle).toEqual([10, 12, 14, 16, 18]);
});

const record = (exercise_id: string, kind: RecordKind, on: string, beat: number | null) =>
  ({
    ...{ exercise_id, exercise_name: exercise_id, kind, value: 105, reps: 5, on },
    ...{ session_id: '', beat },
  }) satisfies PersonalRecord;

test('the newest first, and of an exercise the strongest first', () => {
  const all = [
    record('row', 'heaviest', '2026-10-01', null),
    record('bench', 'reps_4_6', '2026-11-02', 100),
    record('bench', 'one_rep_max', '2026-11-01', 118),
  ];
  const told = byExercise(all).map(({ id, records }) => [id, ...records.map(({ kind }) => kind)]);
  expect(told).toEqual([
    ['bench', 'one_rep_max', 'reps_4_6'],
    ['row', 'heaviest'],
  ]);
});

test('a record says what it beat, the first one nothing', () => {
  const check = (beat: number | null, expected: string | null) =>
    expect(beatText(record('bench', 'reps_4_6', '2026-11-02', beat), 'kg')).toBe(expected);
  check(100, 'beat 100 kg');
  check(null, null);
  expect(recordText(record('bench', 'reps_4_6', '2026-11-02', null), 'kg')).toBe('105 kg × 5');
});
