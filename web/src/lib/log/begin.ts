// Sheets to begin with: from the plan's workout, from a session that was done, from nothing; and what last time says to each.
import type { LibraryEntry } from '$lib/catalog/exercises';
import type { PlannedExercise, WeeklyPlan, PlannedDay } from '$lib/wire/plans';
import type { FromPlan, NextTargets, PerformedSet, Session, SetTarget } from '$lib/wire/sessions';
import { blankRow, type Card, type Previous, type Row } from './sheet';

export type MakeId = () => string;
type Targets = NextTargets['targets'];

const USUAL_REST_SECS = 90;
const USUAL_SETS = 3;

export function fromPlanned(exercises: readonly PlannedExercise[], newId: MakeId): Card[] {
  return exercises.map((one) => {
    const timed = one.seconds !== null;
    const target: SetTarget = {
      reps_low: timed ? null : one.reps_low,
      reps_high: timed ? null : one.reps,
      seconds_low: one.seconds,
      seconds_high: one.seconds,
      rir: one.rir,
      load_kg: one.load_kg,
    };
    const row = (side: Row['side']): Row => ({
      ...blankRow(newId(), timed),
      // What warms up or cools down is no part of records.
      kind: one.role === 'work' ? 'work' : 'warm_up',
      side,
      load_kg: one.load_kg,
      reps: timed ? null : one.reps_low,
      seconds: one.seconds,
      target,
    });
    return {
      key: newId(),
      exercise_id: one.id,
      name: one.name,
      group: null,
      rest_secs: one.rest_sec,
      timed,
      rows: Array.from({ length: one.sets }, () =>
        one.per_side ? [row('left'), row('right')] : [row(null)],
      ).flat(),
    };
  });
}

export function fromPlanOf(week: WeeklyPlan, day: PlannedDay): FromPlan {
  return {
    plan_id: week.plan_id,
    week: week.week ?? 1,
    day: day.day,
  };
}

/** The same exercises and sets once more. */
export function fromSession(
  session: Session,
  nameOf: (exercise: string) => string,
  newId: MakeId,
): Card[] {
  const cards = new Map<string, Card>();
  for (const set of session.sets) {
    const place = `${set.place} ${set.exercise_id}`;
    const card: Card = cards.get(place) ?? {
      key: newId(),
      exercise_id: set.exercise_id,
      name: nameOf(set.exercise_id),
      group: set.group,
      rest_secs: USUAL_REST_SECS,
      timed: set.reps === null && set.seconds !== null,
      rows: [],
    };
    cards.set(place, card);
    card.rows.push({ ...again(set), id: newId() });
  }
  return [...cards.values()];
}

function again(set: PerformedSet): Omit<Row, 'id'> {
  const { kind, side, load_kg, reps, seconds, target } = set;
  const values = {
    kind,
    side,
    load_kg,
    reps,
    seconds,
    target,
    previous: { load_kg, reps, seconds },
  };
  return { ...values, rir: null, note: null, timing_since_ms: null, told: false, record: null };
}

/** An exercise out of the library. */
export function fromEntry(entry: LibraryEntry, newId: MakeId): Card {
  const timed = entry.dose.startsWith('secs');
  const sides: Row['side'][] = entry.dose.endsWith('per_side') ? ['left', 'right'] : [null];
  return {
    key: newId(),
    exercise_id: entry.id,
    name: entry.name,
    group: null,
    rest_secs: USUAL_REST_SECS,
    timed,
    rows: Array.from({ length: USUAL_SETS }, () =>
      sides.map((side) => ({ ...blankRow(newId(), timed), side })),
    ).flat(),
  };
}

/** Fills in what last time says, into sets that are not done. What the person changed already stays. */
export function withTargets(
  cards: readonly Card[],
  targets: Targets,
  isDone: (id: string) => boolean,
): Card[] {
  return cards.map((card) => {
    const known = targets[card.exercise_id];
    if (!known) return card;
    const before = known.previous.filter(({ kind }) => kind !== 'warm_up' && kind !== 'drop');
    let nth = { left: 0, right: 0, none: 0 };
    const rows = card.rows.map((row) => {
      if (row.kind === 'warm_up' || row.kind === 'drop' || isDone(row.id)) return row;
      const side = row.side ?? 'none';
      const same = before.filter((set) => (set.side ?? 'none') === side);
      const set = same[nth[side]] ?? same.at(-1);
      nth = { ...nth, [side]: nth[side] + 1 };
      return filled(row, set ?? null, known.target, card.timed);
    });
    return { ...card, rows };
  });
}

function filled(
  row: Row,
  before: PerformedSet | null,
  next: SetTarget | null,
  timed: boolean,
): Row {
  const previous: Previous | null = before && {
    load_kg: before.load_kg,
    reps: before.reps,
    seconds: before.seconds,
  };
  const asked = next ? targetOnly(next) : row.target;
  const untouched = row.load_kg === (row.target?.load_kg ?? null);
  const load_kg = untouched
    ? (asked?.load_kg ?? row.load_kg ?? before?.load_kg ?? null)
    : row.load_kg;
  const usual = row.reps === null || row.reps === (row.target?.reps_low ?? null);
  const reps = timed || !usual ? row.reps : repsFor(asked, before, load_kg);
  const seconds = timed
    ? (asked?.seconds_high ?? row.seconds ?? before?.seconds ?? null)
    : row.seconds;
  return { ...row, previous, target: asked, load_kg, reps, seconds };
}

function targetOnly(next: SetTarget): SetTarget {
  const { reps_low, reps_high, seconds_low, seconds_high, rir, load_kg } = next;
  return { reps_low, reps_high, seconds_low, seconds_high, rir, load_kg };
}

/** With the same load one more than last time, within what is asked; else where the range begins. */
function repsFor(
  asked: SetTarget | null,
  before: PerformedSet | null,
  load_kg: number | null,
): number | null {
  const low = asked?.reps_low ?? null;
  const high = asked?.reps_high ?? low;
  const last = before?.reps ?? null;
  if (low === null || high === null) return last;
  if (last === null || before?.load_kg !== load_kg) return low;
  return Math.min(high, Math.max(low, last + 1));
}
