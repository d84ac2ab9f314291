// Which set comes next of an exercise, and whether an answer says anything new.
import { expect, test } from 'vitest';
import type { NextSet, PerformedSet, SetKind, SetSide } from '$lib/wire/sessions';
import { advised, asksReserve, comingSet, isNew } from './next-set';
import { blankRow, type Card, type Row } from './sheet';

/** `work`, `work L done`, `warm_up done`, … */
function row(text: string, at: number): [Row, PerformedSet | null] {
  const [kind, ...rest] = text.split(' ');
  const side: SetSide | null = rest.includes('L') ? 'left' : rest.includes('R') ? 'right' : null;
  const one: Row = { ...blankRow(`row${at}`, false), kind: kind as SetKind, side };
  const done = { ...one, exercise_id: 'squat', seen: null } as unknown as PerformedSet;
  return [one, rest.includes('done') ? done : null];
}

test.each([
  ['work, work', null],
  ['work done, work', 'row1 after row0'],
  ['warm_up done, work', null],
  ['work done, work done', null],
  ['work done, drop', null],
  ['work done, drop done, work', 'row2 after row0'],
  ['work done, warm_up, work', 'row2 after row0'],
  ['amrap done, work', 'row1 after row0'],
  ['work L done, work R, work L, work R', null],
  ['work L done, work R done, work L, work R', 'row2 after row0'],
])('%s', (text, expected) => {
  const rows = text.split(', ').map(row);
  const card = { rows: rows.map(([one]) => one) } as Card;
  const done = new Map(rows.map(([one, set]) => [one.id, set]));
  const coming = comingSet(card, (id) => done.get(id));
  expect(coming && `${coming.row.id} after ${coming.last.id}`).toBe(expected);
});

const told = (change: Partial<NextSet>): NextSet => ({
  ...{ load_kg: 60, reps: 8, seconds: null, rir: 2, why: [] },
  ...change,
});

test.each([
  [{}, false],
  [{ load_kg: 57.5 }, true],
  // The same pounds, to the gram.
  [{ load_kg: 60.001 }, false],
  [{ reps: 7 }, true],
  // A bodyweight exercise keeps what stands there.
  [{ load_kg: null }, false],
])('%o is news: %s', (change, expected) => {
  const planned: Row = { ...blankRow('row', false), load_kg: 60, reps: 8 };
  expect(isNew(planned, told(change))).toBe(expected);
  expect(advised(planned, told(change)).seconds).toBeNull();
});

test.each([
  [{ rir: null, seen: null, reps: 8 }, true],
  [{ rir: 0, seen: null, reps: 8 }, false],
  [{ rir: null, seen: { rir: 2 }, reps: 8 }, false],
  [{ rir: null, seen: null, reps: null }, false],
])('the reserve of %o is asked for: %s', (last, expected) => {
  expect(asksReserve({ row: blankRow('row', false), last: last as PerformedSet })).toBe(expected);
});
