// Training on the same days each week is an even load, not a zigzag.
import { expect, test } from 'vitest';
import { weekMean } from './week-mean';

const WEEK = [70, 0, 140, 0, 70, 0, 0];
const NONE = [null, null, null, null, null, null];

test.each([
  ['fewer than seven days', [70, 0, 140], [null, null, null]],
  ['the same weeks', [...WEEK, ...WEEK], [...NONE, 40, 40, 40, 40, 40, 40, 40, 40]],
  ['a week off', [...WEEK, 0, 0, 0, 0, 0, 0, 0], [...NONE, 40, 30, 30, 10, 10, 0, 0, 0]],
])('%s', (_what, loads, expected) => {
  expect(weekMean(loads)).toEqual(expected);
});
