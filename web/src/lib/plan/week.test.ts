// What to do today, which week is shown, how exercises move: for every place in a block.
import { expect, test } from 'vitest';
import type { PlannedDay, PlannedExercise, WeeklyPlan, WorkoutPlan } from '$lib/wire/plans';
import { ago, dateOf, dayOf, mondayOf, plusDays, weekIndexOn } from './dates';
import { amount, dose, duration, kilograms, spokenDose, tempo } from './dose';
import {
  byRole,
  freeDays,
  minutes,
  moveBefore,
  needsFollowing,
  strip,
  weekToShow,
  whatNow,
  workouts,
} from './week';

const planned = (id: string, more: Partial<PlannedExercise> = {}): PlannedExercise => ({
  id,
  name: id,
  muscle_groups: [],
  steps: [],
  image_url: '',
  reps: 10,
  reps_low: 8,
  seconds: null,
  per_side: false,
  sets: 3,
  tempo: '2-0-1-0',
  rest_sec: 90,
  rir: 2,
  load_kg: null,
  role: 'work',
  camera_judged: true,
  why: [],
  video_url: null,
  ...more,
});
const day = (date: string): PlannedDay => ({
  date,
  day: dayOf(date),
  minutes: 45,
  exercises: [planned('squat')],
});
/** 2026-11-16 is a Monday. */
const week = (n: number | null, dates: string[], more: Partial<WeeklyPlan> = {}): WeeklyPlan => ({
  plan_id: 'p',
  source: 'deterministic',
  goal: 'gain_mass',
  notes: '',
  week: n,
  n_weeks: 4,
  kind: 'build',
  plan_starts_on: '2026-11-16',
  starts_on: mondayOf(dates[0] ?? '2026-11-16'),
  finished: false,
  days: dates.map(day),
  ...more,
});

test('dates are of the calendar, whatever the clock does', () => {
  expect(dateOf(new Date(2026, 0, 5, 23, 59))).toBe('2026-01-05');
  expect(plusDays('2026-03-28', 2)).toBe('2026-03-30');
  expect(plusDays('2026-12-31', 1)).toBe('2027-01-01');
  expect([mondayOf('2026-11-16'), mondayOf('2026-11-22')]).toEqual(['2026-11-16', '2026-11-16']);
  expect(
    ['2026-11-15', '2026-11-16', '2026-11-22', '2026-11-23'].map((date) =>
      weekIndexOn('2026-11-16', date),
    ),
  ).toEqual([-1, 0, 0, 1]);
});

test('an age is told in the largest unit that fits', () => {
  const now = 1_800_000_000_000;
  expect(ago(now - 5 * 60_000, now)).toBe('5 minutes ago');
  expect(ago(now - 3 * 3_600_000, now)).toBe('3 hours ago');
  expect(ago(now - 72 * 3_600_000, now)).toBe('3 days ago');
});

test.each([
  ['a workout', week(1, ['2026-11-18']), null, 'workout', '2026-11-18'],
  ['a rest day', week(1, ['2026-11-16', '2026-11-20']), null, 'rest', '2026-11-20'],
  ['the end of a week', week(1, ['2026-11-16']), week(2, ['2026-11-24']), 'rest', '2026-11-24'],
  [
    'the end of the block',
    week(4, ['2026-11-16']),
    week(null, [], { finished: true }),
    'finished',
    undefined,
  ],
  ['long after it', week(null, [], { finished: true }), null, 'finished', undefined],
  ['before it begins', week(null, []), week(1, ['2026-11-23']), 'before', '2026-11-23'],
])('on the 18th: %s', (_what, now, following, kind, date) => {
  const told = whatNow(now, following, '2026-11-18');
  expect(told.kind).toBe(kind);
  const shown =
    told.kind === 'workout' ? told.workout : told.kind === 'finished' ? undefined : told.next;
  expect(shown?.date).toBe(date);
});

test('the week after is asked for only where this one has nothing left', () => {
  expect(needsFollowing(week(1, ['2026-11-18']), '2026-11-18')).toBe(false);
  expect(needsFollowing(week(1, ['2026-11-16']), '2026-11-18')).toBe(true);
  expect(strip(week(1, ['2026-11-18'])).map(({ workout }) => workout !== null)).toEqual([
    false,
    false,
    true,
    false,
    false,
    false,
    false,
  ]);
});

const plan = (schedule: WorkoutPlan['schedule']): WorkoutPlan => ({
  id: 'p',
  user_id: 'me',
  goal: { goal: 'gain_mass', level: 'beginner', constraints: [] },
  days_per_week: 2,
  schedule,
  notes: '',
  source: 'deterministic',
  weeks: [
    { kind: 'build', schedule },
    { kind: 'deload', schedule },
  ],
  starts_on: '2026-11-16',
  can_undo: false,
  warnings: [],
});

test('a plan opens at the week that it is', () => {
  const told = plan({ Mon: [planned('squat')], Thu: [planned('plank')] });
  expect(
    ['2026-11-01', '2026-11-17', '2026-11-24', '2027-01-01'].map((date) => weekToShow(told, date)),
  ).toEqual([0, 0, 1, 1]);
  expect(workouts(told, 1).map(({ day, date }) => [day, date])).toEqual([
    ['Mon', '2026-11-23'],
    ['Thu', '2026-11-26'],
  ]);
  expect(freeDays(told.weeks[0])).toEqual(['Tue', 'Wed', 'Fri', 'Sat', 'Sun']);
});

test('exercises move by one, among their own kind', () => {
  const list = [
    planned('a', { role: 'warm_up' }),
    planned('b'),
    planned('c'),
    planned('d'),
    planned('e', { role: 'cool_down' }),
  ];
  expect(moveBefore(list, 'c', -1)).toBe('b');
  expect(moveBefore(list, 'b', 1)).toBe('d');
  expect(moveBefore(list, 'c', 1)).toBeNull();
  expect(moveBefore(list, 'b', -1)).toBeUndefined();
  expect(moveBefore(list, 'd', 1)).toBeUndefined();
  expect(moveBefore([planned('a'), planned('b')], 'a', 1)).toBeNull();
  expect(byRole(list).map((group) => group.exercises.length)).toEqual([1, 3, 1]);
});

test('doses read as people write them', () => {
  expect(dose(planned('a'))).toBe('3 × 8–10');
  expect(dose(planned('a', { reps_low: 10, per_side: true }))).toBe('3 × 10 per side');
  expect(dose(planned('a', { seconds: 30, reps: 1, reps_low: 1, sets: 2 }))).toBe('2 × 30 s');
  expect(spokenDose(planned('a', { sets: 1 }))).toBe('1 set of 8–10 repetitions');
  expect(amount(planned('a', { reps: 12, reps_low: 12 }))).toBe('12');
  expect([45, 60, 75, 90, 120, 150].map(duration)).toEqual([
    '45 s',
    '1 min',
    '75 s',
    '1:30 min',
    '2 min',
    '2:30 min',
  ]);
  expect([20, 22.5, 1.25].map(kilograms)).toEqual(['20 kg', '22.5 kg', '1.25 kg']);
  expect(tempo(planned('a'))).toBe('2–0–1–0');
  expect(tempo(planned('a', { seconds: 30 }))).toBeNull();
});

test('a workout takes its sets and rests', () => {
  // 30 s to get ready, 3 × (10 repetitions of 3 s + 90 s).
  expect(minutes([planned('a')])).toBe(7);
});
