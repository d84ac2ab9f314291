// Medians and 95th percentiles by nearest rank.
import { expect, test } from 'vitest';
import { quantile, Timings } from './timings';

const check = (values: number[], share: number, expected: number): void =>
  expect(quantile(values, share)).toBe(expected);

test('median of an odd count', () => check([1, 2, 9], 0.5, 2));
test('95th of twenty is the nineteenth', () =>
  check(
    Array.from({ length: 20 }, (_, i) => i + 1),
    0.95,
    19,
  ));
test('nothing measured', () => check([], 0.5, 0));

test('stages that did not run are left out of their own row only', () => {
  const timings = new Timings();
  timings.add(
    {
      capture_ms: 1,
      preprocess_ms: 2,
      detect_ms: null,
      landmarks_ms: 20,
      engine_ms: 1,
      total_ms: 22,
      dropped: 0,
    },
    0,
  );
  timings.add(
    {
      capture_ms: 1,
      preprocess_ms: 2,
      detect_ms: 10,
      landmarks_ms: 20,
      engine_ms: 1,
      total_ms: 32,
      dropped: 2,
    },
    40,
  );
  expect(timings.rows().map((row) => [row.stage, row.n])).toEqual([
    ['capture', 2],
    ['preprocess', 2],
    ['detect', 1],
    ['landmarks', 2],
    ['engine', 2],
    ['total', 2],
  ]);
  expect(timings.fps).toBe(25);
  expect(timings.dropped).toBe(2);
});
