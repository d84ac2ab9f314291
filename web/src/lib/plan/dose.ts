// What an exercise of a plan asks for, in words: sets, repetitions or seconds, rest, load.
import { t } from '$lib/i18n/index.svelte';
import { number } from '$lib/i18n/numbers';
import type { PlannedExercise } from '$lib/wire/plans';

/** `8–10`, `12`, `30 s`; without the sets. */
export function amount(exercise: PlannedExercise): string {
  const { reps, reps_low, seconds } = exercise;
  if (seconds !== null) return duration(seconds);
  return reps_low < reps ? `${reps_low}–${reps}` : String(reps);
}

/** `3 × 8–10`, `2 × 30 s per side`. */
export function dose(exercise: PlannedExercise): string {
  const what = `${exercise.sets} × ${amount(exercise)}`;
  return exercise.per_side ? t('plan.per_side', { what }) : what;
}

/** The same for ears: `3 sets of 8–10 repetitions`. */
export function spokenDose(exercise: PlannedExercise): string {
  const what = amount(exercise);
  const said =
    exercise.seconds === null
      ? t('plan.dose.reps', { count: exercise.sets, what })
      : t('plan.dose.time', { count: exercise.sets, what });
  return exercise.per_side ? t('plan.per_side', { what: said }) : said;
}

/** `45 s`, `1:30 min`, `2 min`. */
export function duration(secs: number): string {
  if (secs < 90 && secs !== 60) return t('plan.secs', { n: secs });
  const rest = secs % 60;
  const minutes = Math.floor(secs / 60);
  return t('plan.mins', {
    n: rest === 0 ? minutes : `${minutes}:${String(rest).padStart(2, '0')}`,
  });
}

/** `22.5 kg`; as many decimals as it has. */
export function kilograms(kg: number): string {
  const n_decimals = Number.isInteger(kg) ? 0 : Number.isInteger(kg * 10) ? 1 : 2;
  return t('plan.kg', { n: number(kg, n_decimals) });
}

/** `2–0–1–0` with hair's breadth around the dashes; null where the tempo says nothing. */
export function tempo(exercise: PlannedExercise): string | null {
  const parts = exercise.tempo.split('-');
  return parts.length === 4 && exercise.seconds === null ? parts.join('–') : null;
}
