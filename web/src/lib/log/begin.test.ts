// A sheet begins prefilled: from the plan, and from what was done last time.
import { expect, test } from 'vitest';
import type { PlannedExercise } from '$lib/wire/plans';
import type { NextTarget, PerformedSet } from '$lib/wire/sessions';
import { fromPlanned, withTargets } from './begin';

let n = 0;
const newId = (): string => `id${n++}`;
const planned = (change: Partial<PlannedExercise> = {}): PlannedExercise =>
  ({
    ...{ id: 'squat', name: 'Squat', sets: 2, reps: 10, reps_low: 8, seconds: null, rir: 2 },
    ...{ load_kg: 60, rest_sec: 120, per_side: false, role: 'work' },
    ...change,
  }) as PlannedExercise;
const last = (reps: number, load_kg: number): PerformedSet =>
  ({ kind: 'work', side: null, reps, load_kg, seconds: null }) as PerformedSet;
const asked = (load_kg: number): NextTarget => ({
  sets: 2,
  ...{ reps_low: 8, reps_high: 10, seconds_low: null, seconds_high: null, rir: 2 },
  load_kg,
});

/** The sets as `load×reps (last load×reps)`. */
function told(
  change: Partial<PlannedExercise>,
  previous: PerformedSet[],
  target: NextTarget | null,
): string {
  const cards = withTargets(
    fromPlanned([planned(change)], newId),
    { squat: { previous, target } },
    () => false,
  );
  return (cards[0]?.rows ?? [])
    .map(({ side, load_kg, reps, seconds, previous: before }) => {
      const was = before ? ` (${before.load_kg}×${before.reps})` : '';
      return `${side ?? ''}${load_kg}×${reps ?? `${seconds}s`}${was}`;
    })
    .join(', ');
}

test.each<[string, Partial<PlannedExercise>, PerformedSet[], NextTarget | null, string]>([
  ['nothing known: where the range begins', {}, [], null, '60×8, 60×8'],
  ['one more than last time', {}, [last(8, 60), last(7, 60)], null, '60×9 (60×8), 60×8 (60×7)'],
  ['never more than is asked', {}, [last(12, 60)], null, '60×10 (60×12), 60×10 (60×12)'],
  ['a new load begins low', {}, [last(10, 60)], asked(62.5), '62.5×8 (60×10), 62.5×8 (60×10)'],
  ['sides are sets of their own', { per_side: true, sets: 1 }, [], null, 'left60×8, right60×8'],
  ['for time', { seconds: 30, sets: 1, load_kg: null }, [], null, 'null×30s'],
])('%s', (_name, change, previous, target, expected) => {
  expect(told(change, previous, target)).toBe(expected);
});

test('what warms up is no work', () => {
  expect(fromPlanned([planned({ role: 'warm_up' })], newId)[0]?.rows[0]?.kind).toBe('warm_up');
});
