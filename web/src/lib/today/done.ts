// Which sets of today's workout the camera has already seen, from the history on this device.
import type { SetRecord } from '$lib/history/record';
import { dateOf } from '$lib/plan/dates';
import type { PlannedExercise } from '$lib/wire/plans';

/** Sets done on a day, by exercise. Demos and videos are no training. */
export function setsOn(date: string, records: readonly SetRecord[]): Map<string, number> {
  const sets = new Map<string, number>();
  for (const { source, ended_at, analysis } of records)
    if (source === 'camera' && dateOf(new Date(ended_at)) === date)
      sets.set(analysis.exercise, (sets.get(analysis.exercise) ?? 0) + 1);
  return sets;
}

/** What to start with: the first exercise that the camera judges and that is not finished. */
export function firstOpen(
  exercises: readonly PlannedExercise[],
  done: ReadonlyMap<string, number>,
): PlannedExercise | null {
  return exercises.find((one) => one.camera_judged && (done.get(one.id) ?? 0) < one.sets) ?? null;
}
