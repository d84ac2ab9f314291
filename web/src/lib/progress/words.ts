// Numbers of progress in words: with their unit, how far to trust them, where they go.
import { title, word } from '$lib/catalog/words';
import { t } from '$lib/i18n/index.svelte';
import { number } from '$lib/i18n/numbers';
import { loadText, shownLoad, type Units } from '$lib/log/load';
import { duration } from '$lib/plan/dose';
import type { Confidence, PersonalRecord, RecordKind, Trend } from '$lib/wire/progress';

/** What a number counts. */
export type Unit = 'load' | 'reps' | 'secs' | 'points' | 'moved';

export function muscleName(id: string): string {
  return title(word('muscle', id));
}

/** One decimal where it says something. */
export function tidy(value: number): string {
  const rounded = Math.round(value * 10) / 10;
  return number(rounded, Number.isInteger(rounded) ? 0 : 1);
}

/** To a tenth, but what can be loaded as it is: 61.25 is no 61.3. */
function plainKg(kg: number): number {
  const loaded = Math.round(kg * 4) / 4;
  return Math.abs(kg - loaded) < 0.005 ? loaded : Math.round(kg * 10) / 10;
}

/** `71.5 kg`, `12 reps`, `1:30 min`, `78`. */
export function amountOf(value: number, unit: Unit, units: Units): string {
  if (unit === 'load') return loadText(units === 'kg' ? plainKg(value) : value, units);
  if (unit === 'moved') return t(`log.unit.${units}`, { n: number(shownLoad(value, units)) });
  if (unit === 'reps') return t('progress.reps', { count: Math.round(value) });
  if (unit === 'secs') return duration(Math.round(value));
  return tidy(value);
}

export function sureness(confidence: Confidence): string {
  return t('progress.sure', { how: t(`progress.sure.${confidence}`) });
}

/** `Rising: +1.7 kg each session (90 % sure: +1.1 to +1.8), over the last 6 sessions.` */
export function trendText(trend: Trend, unit: Unit, units: Units): string {
  const signed = (value: number): string => {
    const sign = value > 0 ? '+' : value < 0 ? '−' : '±';
    return `${sign}${amountOf(Math.abs(value), unit, units)}`;
  };
  const { slope, slope_low, slope_high, direction, n } = trend;
  const values = { by: signed(slope), low: signed(slope_low), high: signed(slope_high), n };
  return t(`progress.trend.${direction}`, values);
}

/** What a trend draws: its middle line and the edges of its interval, for the last `n` of all points. */
export function trendLines(
  values: readonly number[],
  { slope, slope_low, slope_high, n }: Trend,
): { middle: (number | null)[]; low: (number | null)[]; high: (number | null)[] } {
  const from = Math.max(0, values.length - n);
  const center = (from + values.length - 1) / 2;
  const offsets = values.slice(from).map((value, k) => value - slope * (from + k - center));
  const at = median(offsets);
  const line = (pick: (offset: number) => number): (number | null)[] =>
    values.map((_, k) => (k < from ? null : at + pick(k - center)));
  return {
    middle: line((offset) => slope * offset),
    low: line((offset) => Math.min(slope_low * offset, slope_high * offset)),
    high: line((offset) => Math.max(slope_low * offset, slope_high * offset)),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? upper)) / 2;
}

/** In the order in which people look for them. */
export const RECORD_KINDS: readonly RecordKind[] = [
  'one_rep_max',
  'heaviest',
  'reps_1',
  'reps_2_3',
  'reps_4_6',
  'reps_7_10',
  'reps_11_15',
  'reps_16_up',
  'most_reps',
  'longest_hold',
];

function unitOf(kind: RecordKind): Unit {
  if (kind === 'most_reps') return 'reps';
  return kind === 'longest_hold' ? 'secs' : 'load';
}

/** `105 kg × 5`. */
export function recordText(record: PersonalRecord, units: Units): string {
  const value = amountOf(record.value, unitOf(record.kind), units);
  return record.reps > 0 && unitOf(record.kind) === 'load' ? `${value} × ${record.reps}` : value;
}

/** `beat 100 kg`; null the first time. */
export function beatText({ kind, beat }: PersonalRecord, units: Units): string | null {
  return beat === null
    ? null
    : t('progress.record.beat', { what: amountOf(beat, unitOf(kind), units) });
}

export interface RecordsOfExercise {
  id: string;
  name: string;
  records: PersonalRecord[];
}

/** By exercise, the one with the newest record first; within it as people look for them. */
export function byExercise(records: readonly PersonalRecord[]): RecordsOfExercise[] {
  const found = new Map<string, RecordsOfExercise>();
  const newest = [...records].sort((a, b) => b.on.localeCompare(a.on));
  for (const record of newest) {
    const { exercise_id: id, exercise_name: name } = record;
    const one = found.get(id) ?? { id, name, records: [] };
    one.records.push(record);
    found.set(id, one);
  }
  const place = (record: PersonalRecord): number => RECORD_KINDS.indexOf(record.kind);
  for (const one of found.values()) one.records.sort((a, b) => place(a) - place(b));
  return [...found.values()];
}
