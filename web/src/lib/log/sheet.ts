// The sheet of a running session: what is to be done, card by card and set by set. It stays on this device; what was done
// goes to the server.
//
// Every change is a pure function, so that each tab can apply it to whatever the database holds by then.
import type {
  Group,
  GroupKind,
  PerformedSet,
  SetKind,
  SetSide,
  SetTarget,
} from '$lib/wire/sessions';

/** What a set was last time. */
export interface Previous {
  load_kg: number | null;
  reps: number | null;
  seconds: number | null;
}

/** One set. Its id is that of the set on the server once it is done. */
export interface Row {
  id: string;
  kind: SetKind;
  side: SetSide | null;
  load_kg: number | null;
  reps: number | null;
  seconds: number | null;
  rir: number | null;
  note: string | null;
  target: SetTarget | null;
  previous: Previous | null;
  /** Since when a set for time is under way. */
  timing_since_ms: number | null;
  /** The server was told of it once; done again it is put back. */
  told: boolean;
  /** The camera's record of it on this device. */
  record: string | null;
}

/** One exercise, at its place in the session. */
export interface Card {
  key: string;
  exercise_id: string;
  name: string;
  group: Group | null;
  rest_secs: number;
  /** Counted in seconds. */
  timed: boolean;
  rows: Row[];
}

export interface Rest {
  ends_at_ms: number;
  total_secs: number;
  /** What comes after it. */
  next: string;
}

export interface Sheet {
  session_id: string;
  account: string;
  started_at_ms: number;
  /** Where swaps are asked for; null where it follows no plan. */
  plan: { id: string; day: string } | null;
  cards: Card[];
  rest: Rest | null;
  /** When the clock of groups on the minute began, by group number. */
  emom_since_ms: Record<number, number>;
  /** Thrown away; the server hears of it when it can no longer be undone. */
  discarded_at_ms: number | null;
}

export type Values = Partial<
  Pick<
    Row,
    'kind' | 'load_kg' | 'reps' | 'seconds' | 'rir' | 'note' | 'timing_since_ms' | 'told' | 'record'
  >
>;

/** What of them the server keeps. */
export function performedValues(values: Values): Partial<PerformedSet> {
  const kept: Values = { ...values };
  delete kept.timing_since_ms;
  delete kept.told;
  delete kept.record;
  return kept;
}

export function rowOf(sheet: Sheet, id: string): { card: Card; row: Row; index: number } | null {
  for (const card of sheet.cards) {
    const index = card.rows.findIndex((row) => row.id === id);
    const row = card.rows[index];
    if (row) return { card, row, index };
  }
  return null;
}

const inCard = (sheet: Sheet, key: string, change: (card: Card) => Card): Sheet => ({
  ...sheet,
  cards: sheet.cards.map((card) => (card.key === key ? change(card) : card)),
});

/** Changes a set. A new load carries on to the sets after it that asked for the same and are not done. */
export function changeRow(
  sheet: Sheet,
  id: string,
  values: Values,
  isDone: (id: string) => boolean,
): Sheet {
  const found = rowOf(sheet, id);
  if (!found) return sheet;
  const { load_kg } = values;
  const follows = (row: Row, index: number): boolean =>
    load_kg !== undefined &&
    index > found.index &&
    row.kind === found.row.kind &&
    row.load_kg === found.row.load_kg &&
    !isDone(row.id);
  return inCard(sheet, found.card.key, (card) => ({
    ...card,
    rows: card.rows.map((row, index) =>
      row.id === id
        ? { ...row, ...values }
        : follows(row, index)
          ? { ...row, load_kg: load_kg ?? null }
          : row,
    ),
  }));
}

/** Puts back what was to be done in the sets of an exercise that are not done. */
export function restoreAsked(
  sheet: Sheet,
  key: string,
  before: readonly Row[],
  isDone: (id: string) => boolean,
): Sheet {
  return inCard(sheet, key, (card) => ({
    ...card,
    rows: card.rows.map((row) => {
      const was = isDone(row.id) ? undefined : before.find((one) => one.id === row.id);
      return was ? { ...row, load_kg: was.load_kg, reps: was.reps, seconds: was.seconds } : row;
    }),
  }));
}

/** One more like the last. */
export function addRow(sheet: Sheet, key: string, newId: () => string): Sheet {
  return inCard(sheet, key, (card) => {
    const last = card.rows.at(-1);
    const like = last?.side === 'right' ? card.rows.slice(-2) : card.rows.slice(-1);
    const made = (like.length > 0 ? like : [blankRow('', card.timed)]).map((row) => ({
      ...row,
      id: newId(),
      note: null,
      timing_since_ms: null,
      told: false,
      record: null,
    }));
    return { ...card, rows: [...card.rows, ...made] };
  });
}

export function blankRow(id: string, timed: boolean): Row {
  return {
    id,
    kind: 'work',
    side: null,
    load_kg: null,
    reps: null,
    seconds: timed ? 30 : null,
    rir: null,
    note: null,
    target: null,
    previous: null,
    timing_since_ms: null,
    told: false,
    record: null,
  };
}

export function insertRow(sheet: Sheet, key: string, index: number, row: Row): Sheet {
  return inCard(sheet, key, (card) => ({ ...card, rows: card.rows.toSpliced(index, 0, row) }));
}

export function removeRow(sheet: Sheet, id: string): Sheet {
  return {
    ...sheet,
    cards: sheet.cards.map((card) => ({ ...card, rows: card.rows.filter((row) => row.id !== id) })),
  };
}

export function insertCard(sheet: Sheet, index: number, card: Card): Sheet {
  return { ...sheet, cards: sheet.cards.toSpliced(index, 0, card) };
}

export function removeCard(sheet: Sheet, key: string): Sheet {
  return withoutLonelyGroups({ ...sheet, cards: sheet.cards.filter((card) => card.key !== key) });
}

export function changeCard(sheet: Sheet, key: string, change: Partial<Omit<Card, 'key'>>): Sheet {
  return inCard(sheet, key, (card) => ({ ...card, ...change }));
}

/** One place earlier or later. */
export function moveCard(sheet: Sheet, key: string, by: -1 | 1): Sheet {
  const at = sheet.cards.findIndex((card) => card.key === key);
  const card = sheet.cards[at];
  const to = at + by;
  if (!card || to < 0 || to >= sheet.cards.length) return sheet;
  return { ...sheet, cards: sheet.cards.toSpliced(at, 1).toSpliced(to, 0, card) };
}

/** Does an exercise together with the one after it; joins that one's group, or makes a new one. */
export function groupWithNext(sheet: Sheet, key: string, kind: GroupKind): Sheet {
  const at = sheet.cards.findIndex((card) => card.key === key);
  const card = sheet.cards[at];
  const next = sheet.cards[at + 1];
  if (!card || !next) return sheet;
  const known = card.group ?? next.group;
  const number =
    known?.number ?? 1 + Math.max(0, ...sheet.cards.map((one) => one.group?.number ?? 0));
  const joined = new Set([card.group?.number, next.group?.number]);
  return {
    ...sheet,
    cards: sheet.cards.map((one) =>
      one.key === key || one.key === next.key || (one.group && joined.has(one.group.number))
        ? { ...one, group: { number, kind } }
        : one,
    ),
  };
}

/** Takes an exercise out of its group; who is left alone is in none. */
export function ungroup(sheet: Sheet, key: string): Sheet {
  return withoutLonelyGroups(changeCard(sheet, key, { group: null }));
}

function withoutLonelyGroups(sheet: Sheet): Sheet {
  const size = (group: Group): number =>
    sheet.cards.filter((card) => card.group?.number === group.number).length;
  return {
    ...sheet,
    cards: sheet.cards.map((card) =>
      card.group && size(card.group) < 2 ? { ...card, group: null } : card,
    ),
  };
}

/** Gives sets that were done elsewhere (another device, the camera) a row. */
export function adopt(
  sheet: Sheet,
  sets: readonly PerformedSet[],
  nameOf: (exercise: string) => string,
): Sheet {
  let adopted = sheet;
  for (const set of sets) {
    if (rowOf(adopted, set.id)) continue;
    const card =
      adopted.cards.find((one, at) => at === set.place && one.exercise_id === set.exercise_id) ??
      adopted.cards.find((one) => one.exercise_id === set.exercise_id);
    const row = rowFrom(set);
    adopted = card
      ? insertRow(adopted, card.key, card.rows.length, row)
      : insertCard(adopted, adopted.cards.length, {
          key: set.id,
          exercise_id: set.exercise_id,
          name: nameOf(set.exercise_id),
          group: set.group,
          rest_secs: 90,
          timed: set.reps === null && set.seconds !== null,
          rows: [row],
        });
  }
  return adopted;
}

function rowFrom(set: PerformedSet): Row {
  const { id, kind, side, load_kg, reps, seconds, rir, note, target } = set;
  const values = { id, kind, side, load_kg, reps, seconds, rir, note, target };
  return { ...values, previous: null, timing_since_ms: null, told: true, record: null };
}
