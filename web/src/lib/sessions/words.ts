// Sessions and their sets in words.
import { t } from '$lib/i18n/index.svelte';
import { number } from '$lib/i18n/numbers';
import { loadText, type Units } from '$lib/log/load';
import { rangeText } from '$lib/log/words';
import { duration } from '$lib/plan/dose';
import type { NextTarget, PerformedSet, Session, SetTarget } from '$lib/wire/sessions';

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

/** `Warm-up, left`; empty for a plain set. */
export function marksText({ kind, side }: PerformedSet): string {
  const words = [kind === 'work' ? '' : t(`log.kind.${kind}`), side ? t(`side.${side}`) : ''];
  return words.filter((word) => word !== '').join(', ');
}

/** What the camera saw of a set; empty where it did not look. */
export function seenText({ seen }: PerformedSet): string {
  if (seen === null) return '';
  const { attempts, technique, rom_deg, rep_seconds, velocity_loss } = seen;
  const words = [
    attempts > 0 ? t('log.seen.facts.attempts', { n: attempts }) : '',
    technique === null ? '' : t('log.seen.facts.technique', { n: number(technique) }),
    rom_deg === null ? '' : t('log.seen.facts.range', { n: number(rom_deg) }),
    rep_seconds === null ? '' : t('log.seen.facts.tempo', { n: number(rep_seconds, 1) }),
    velocity_loss === null ? '' : t('sessions.slower', { n: number(100 * velocity_loss) }),
  ];
  return words.filter((word) => word !== '').join(', ');
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

/** `2026-11-21-upper-body.fit`: sorted by day in a folder, and plain enough for any system. */
export function fileName({ on, title }: Pick<Session, 'on' | 'title'>, ending: string): string {
  const plain = title
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  return `${on}-${plain || 'spotter'}.${ending}`;
}
