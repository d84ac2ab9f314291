// A sheet is changed by pure steps: loads carry on, groups have at least two, what was done elsewhere gets its row.
import { expect, test } from 'vitest';
import type { PerformedSet } from '$lib/wire/sessions';
import * as sheets from './sheet';
import { blankRow, type Card, type Sheet } from './sheet';

const card = (key: string, n: number, load_kg: number | null = 60): Card => ({
  key,
  exercise_id: key,
  name: key,
  group: null,
  rest_secs: 90,
  timed: false,
  rows: Array.from({ length: n }, (_, at) => ({ ...blankRow(`${key}${at}`, false), load_kg })),
});
const sheet = (...cards: Card[]): Sheet => ({
  session_id: 's',
  account: 'anna',
  started_at_ms: 0,
  plan: null,
  cards,
  rest: null,
  emom_since_ms: {},
  discarded_at_ms: null,
});
const loads = (of: Sheet): (number | null)[] =>
  of.cards.flatMap((one) => one.rows.map((row) => row.load_kg));
const groups = (of: Sheet): string =>
  of.cards
    .map((one) => `${one.key}${one.group ? one.group.number + one.group.kind.slice(0, 1) : ''}`)
    .join(' ');

test('a new load carries on to the open sets after it that asked for the same', () => {
  const before = sheet(card('a', 4));
  const after = sheets.changeRow(before, 'a1', { load_kg: 65 }, (id) => id === 'a2');
  expect(loads(after)).toEqual([60, 65, 60, 65]);
});

test('another number of repetitions does not', () => {
  const after = sheets.changeRow(sheet(card('a', 2)), 'a0', { reps: 5 }, () => false);
  expect(after.cards[0]?.rows.map((row) => row.reps)).toEqual([5, null]);
});

test('one more set is like the last, and both sides of it', () => {
  const ids = ['x', 'y'];
  const one = card('a', 2);
  one.rows = one.rows.map((row, at) => ({ ...row, side: at === 0 ? 'left' : 'right', told: true }));
  const after = sheets.addRow(sheet(one), 'a', () => ids.shift() ?? '');
  expect(after.cards[0]?.rows.slice(2)).toMatchObject([
    { id: 'x', side: 'left', told: false },
    { id: 'y', side: 'right', told: false },
  ]);
});

test('groups are joined, and nobody is left alone in one', () => {
  let now = sheet(card('a', 1), card('b', 1), card('c', 1), card('d', 1));
  now = sheets.groupWithNext(now, 'a', 'superset');
  expect(groups(now)).toBe('a1s b1s c d');
  now = sheets.groupWithNext(now, 'b', 'circuit');
  expect(groups(now)).toBe('a1c b1c c1c d');
  now = sheets.ungroup(now, 'a');
  expect(groups(now)).toBe('a b1c c1c d');
  expect(groups(sheets.removeCard(now, 'b'))).toBe('a c d');
});

test.each([
  ['a', 1, 'b a c'],
  ['c', -1, 'a c b'],
  ['a', -1, 'a b c'],
  ['c', 1, 'a b c'],
] as const)('%s moves by %i: %s', (key, by, order) => {
  const now = sheets.moveCard(sheet(card('a', 1), card('b', 1), card('c', 1)), key, by);
  expect(now.cards.map((one) => one.key).join(' ')).toBe(order);
});

test('a set that was done elsewhere gets a row with its exercise, once', () => {
  const set = { id: 'far', exercise_id: 'a', place: 7, reps: 8, seconds: null } as PerformedSet;
  const other = { ...set, id: 'farther', exercise_id: 'z' };
  const once = sheets.adopt(sheet(card('a', 1)), [set, other], (id) => id.toUpperCase());
  const twice = sheets.adopt(once, [set, other], (id) => id);
  expect(twice.cards.map((one) => [one.name, one.rows.length])).toEqual([
    ['a', 2],
    ['Z', 1],
  ]);
});
