// Loads step on their own grid, plates are the fewest that fit, and pounds stay whole.
import { expect, test } from 'vitest';
import {
  kgFromLb,
  kgOf,
  plainLoad,
  platesFor,
  readNumber,
  shownLoad,
  stepLoad,
  USUAL,
  USUAL_LB,
} from './load';

test.each([
  [100, 20, '25 15', 100],
  [62.5, 20, '20 1.25', 62.5],
  [61, 20, '20', 60],
  [20, 20, '', 20],
  [15, 20, '', 20],
  [140, 20, '25 25 10', 140],
])('%d kg on a bar of %d: %s on each side', (load, bar, side, total) => {
  const plates = platesFor(load, bar, USUAL.plates_kg);
  expect(plates.side_kg.join(' ')).toBe(side);
  expect(plates.total_kg).toBe(total);
  expect(plates.exact).toBe(load === total);
});

test('the fewest plates are not always the greedy ones', () => {
  expect(platesFor(80, 20, [25, 15, 10]).side_kg).toEqual([15, 15]);
});

test('225 pounds are two plates a side', () => {
  const { side_kg, exact } = platesFor(kgFromLb(225), kgFromLb(45), USUAL_LB.plates_kg);
  expect(side_kg.map((kg) => shownLoad(kg, 'lb'))).toEqual([45, 45]);
  expect(exact).toBe(true);
});

test.each([
  [75, [10, 5]],
  [85, [10, 10]],
  [125, [35, 5]],
  [140, [45, 2.5]],
  [185, [45, 25]],
  [48, []],
])('%d pounds are %j a side', (lb, expected) => {
  const { side_kg } = platesFor(kgFromLb(lb), kgFromLb(45), USUAL_LB.plates_kg);
  expect(side_kg.map((kg) => shownLoad(kg, 'lb'))).toEqual(expected);
});

test.each([
  [60, 1, ['barbell'], 62.5],
  [61, 1, ['barbell'], 62.5],
  [61, -1, ['barbell'], 60],
  [60, -1, ['barbell'], 57.5],
  [null, 1, ['dumbbells'], 2],
  [40, 1, ['cable'], 45],
  [0, -1, [], -1],
] as const)('%d stepped by %i with %j: %d', (from, by, kit, to) => {
  expect(stepLoad(from, by, kit, USUAL)).toBe(to);
});

test('where the dumbbells are known the next one is taken', () => {
  const loading = { ...USUAL, dumbbells_kg: [5, 7.5, 12] };
  expect(stepLoad(7.5, 1, ['dumbbells'], loading)).toBe(12);
  expect(stepLoad(6, -1, ['dumbbells'], loading)).toBe(5);
  expect(stepLoad(12, 1, ['dumbbells'], loading)).toBe(12);
});

test.each([100, 102.5, 45, 135, 0.5])('%d pounds come back as they were typed', (lb) => {
  expect(shownLoad(kgOf(lb, 'lb'), 'lb')).toBe(lb);
});

test.each([
  ['62,5', 62.5],
  [' 62.5 ', 62.5],
  ['−10', -10],
  ['', null],
  ['x', null],
])('`%s` is read as %d', (text, value) => expect(readNumber(text)).toBe(value));

test('no decimals that rounding made', () => expect(plainLoad(61.23, 'lb')).toBe('135'));
