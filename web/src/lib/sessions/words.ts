// Sessions and their sets in words.
import { t } from '$lib/i18n/index.svelte';
import { number } from '$lib/i18n/numbers';
import { loadText, type Units } from '$lib/log/load';
import { rangeText } from '$lib/log/words';
import { duration } from '$lib/plan/dose';
import type { NextTarget, PerformedSet, SetTarget } from '$lib/wire/sessions';

/** `60 kg × 8`, `12 reps`, `30 s`. */
export function doneText(set: PerformedSet, units: Units): string {
  const { reps, seconds, meters, load_kg } = set;
  const what =
    reps !== null
      ? load_kg === null
        ? t('progress.reps', { count: reps })
        : String(reps)
      : seconds !== null
        ? duration(seconds)
        : meters !== null
          ? t('sessions.meters', { n: number(meters) })
          : '–';
  return load_kg === null ? what : `${loadText(load_kg, units)} × ${what}`;
}

/** `60 kg × 8–10, 2 in reserve`; empty where nothing was asked. */
export function askedText(target: SetTarget | null, units: Units): string {
  const range = rangeText(target);
  if (!target || range === '') return '';
  const what = target.load_kg === null ? range : `${loadText(target.load_kg, units)} × ${range}`;
  return target.rir === null ? what : t('log.target.reserve', { what, n: target.rir });
}

/** `3 × 8–10, 62.5 kg`. */
export function nextText(next: NextTarget, units: Units): string {
  const load = next.load_kg === null ? '' : `, ${loadText(next.load_kg, units)}`;
  return `${next.sets} × ${rangeText(next)}${load}`;
}

export interface ExerciseSets {
  id: string;
  sets: PerformedSet[];
}

/** In the order in which exercises were begun; one that came twice is twice. */
export function byPlace(sets: readonly PerformedSet[]): ExerciseSets[] {
  const groups = new Map<string, ExerciseSets>();
  const sorted = [...sets].sort((a, b) => a.place - b.place || a.done_at_ms - b.done_at_ms);
  for (const set of sorted) {
    const key = `${set.place} ${set.exercise_id}`;
    const group = groups.get(key) ?? { id: set.exercise_id, sets: [] };
    group.sets.push(set);
    groups.set(key, group);
  }
  return [...groups.values()];
}
