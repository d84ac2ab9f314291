// What the coach is asked about the next set of an exercise, and whether its answer says anything that is not there already.
import type { LibraryEntry } from '$lib/catalog/exercises';
import type { Loading, NextSet, PerformedSet, SetSide, SetTarget } from '$lib/wire/sessions';
import { isSameLoad } from './load';
import type { Card, Row } from './sheet';

/** The question, as `next_set` of the engine reads it. */
export interface Question {
  exercise: { id: string } & Pick<LibraryEntry, 'kit' | 'load' | 'dose'>;
  side: SetSide | null;
  target: SetTarget | null;
  sets: PerformedSet[];
  loading: Loading;
}

/** The set that comes next of an exercise, and the one before it. */
export interface Coming {
  row: Row;
  last: PerformedSet;
}

const counts = ({ kind }: { kind: Row['kind'] }): boolean => kind === 'work' || kind === 'amrap';

/** None before the first set that counts, after the last, and where the next one is a drop or a warm-up. */
export function comingSet(
  card: Card,
  done: (id: string) => PerformedSet | null | undefined,
): Coming | null {
  const row = card.rows.find((one) => !done(one.id) && one.kind !== 'warm_up');
  if (!row || !counts(row)) return null;
  const before = card.rows.slice(0, card.rows.indexOf(row)).map((one) => done(one.id));
  const last = before.findLast((set) => set && counts(set) && set.side === row.side);
  return last ? { row, last } : null;
}

export function question(
  { kit, load, dose }: Pick<LibraryEntry, 'kit' | 'load' | 'dose'>,
  card: Card,
  { row }: Coming,
  sets: readonly PerformedSet[],
  loading: Loading,
): Question {
  return {
    exercise: { id: card.exercise_id, kit, load, dose },
    side: row.side,
    target: row.target,
    sets: sets.filter((set) => set.exercise_id === card.exercise_id),
    loading,
  };
}

export type Advised = Pick<Row, 'load_kg' | 'reps' | 'seconds'>;

/** What taking the advice makes of the set. */
export function advised(row: Row, told: NextSet): Advised {
  return {
    load_kg: told.load_kg ?? row.load_kg,
    reps: told.reps ?? row.reps,
    seconds: told.seconds ?? row.seconds,
  };
}

export function isNew(row: Row, told: NextSet): boolean {
  const { load_kg, reps, seconds } = advised(row, told);
  return !isSameLoad(load_kg, row.load_kg) || reps !== row.reps || seconds !== row.seconds;
}

/** A reserve is asked for where somebody aims at one, and neither they nor the camera has told it. */
export function asksReserve({ last }: Coming): boolean {
  return last.rir === null && last.seen?.rir == null && last.reps !== null;
}
