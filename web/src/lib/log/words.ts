// Sets and targets in words.
import { t } from '$lib/i18n/index.svelte';
import { number } from '$lib/i18n/numbers';
import { duration } from '$lib/plan/dose';
import type { Decision, SetTarget } from '$lib/wire/sessions';
import { loadText, plainLoad, type Units } from './load';
import type { Card, Previous, Row } from './sheet';

/** `1`, `2`, `W`, `D`; sides with their letter: `1 L`. */
export function markOf(card: Card, row: Row): string {
  const side = row.side ? ` ${t(`log.side.${row.side}`)}` : '';
  if (row.kind !== 'work') return t(`log.mark.${row.kind}`) + side;
  const before = card.rows.slice(0, card.rows.indexOf(row));
  const n = 1 + before.filter((one) => one.kind === 'work' && one.side === row.side).length;
  return `${n}${side}`;
}

/** What a set is called when it is read out: `Set 2`, `Set 1 left`. */
export function nameOfRow(card: Card, row: Row): string {
  const n = card.rows.indexOf(row) + 1;
  const place = row.side
    ? 1 + card.rows.slice(0, n - 1).filter((one) => one.side === row.side).length
    : n;
  const side = row.side ? ` ${t(`side.${row.side}`)}` : '';
  const kind = row.kind === 'work' ? '' : `, ${t(`log.kind.${row.kind}`)}`;
  return `${t('log.set', { n: place })}${side}${kind}`;
}

/** `60 kg × 8`, `8`, `30 s`. */
export function previousText({ load_kg, reps, seconds }: Previous, units: Units): string {
  const what = reps === null ? (seconds === null ? '' : duration(seconds)) : String(reps);
  return load_kg === null ? what : `${plainLoad(load_kg, units)} × ${what}`;
}

/** `8–10`, `12`, `30 s`; empty where nothing is asked. */
export function rangeText(target: SetTarget | null): string {
  if (!target) return '';
  const { reps_low: low, reps_high: high, seconds_high: secs } = target;
  if (secs !== null) return duration(secs);
  if (low === null && high === null) return '';
  return low === high || low === null || high === null ? String(high ?? low) : `${low}–${high}`;
}

/** `3 × 8–10 · 60 kg, 2 in reserve`. */
export function targetText(card: Card, units: Units): string {
  const work = card.rows.filter((row) => row.kind !== 'drop' && row.side !== 'right');
  const target = work[0]?.target ?? null;
  const range = rangeText(target);
  const dose = range === '' ? '' : `${work.length} × ${range}`;
  const what =
    card.rows.some((row) => row.side) && dose !== '' ? t('plan.per_side', { what: dose }) : dose;
  const all = target?.load_kg == null ? what : `${what} · ${loadText(target.load_kg, units)}`;
  return target?.rir == null ? all : t('log.target.reserve', { what: all, n: halves(target.rir) });
}

/** What was decided, in a word or two. */
export function kindText({ kind, instead }: Pick<Decision, 'kind' | 'instead'>): string {
  return t(kind === 'advance' && instead ? 'log.decision.harder' : `log.decision.${kind}`);
}

export function halves(value: number): string {
  return number(value, Number.isInteger(value) ? 0 : 1);
}
