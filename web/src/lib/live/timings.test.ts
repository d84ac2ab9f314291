// Medians and 95th percentiles by nearest rank.
import { expect, test } from 'vitest';
import { quantile, Timings } from './timings';

const FRAME = {
  capture_ms: 1,
  preprocess_ms: 2,
  detect_ms: null,
  landmarks_ms: 20,
  engine_ms: 1,
  total_ms: 22,
  dropped: 0,
};

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

test('too slow is what stays below five frames a second, not a pause or a hiccup', () => {
  const fed = (intervals_ms: number[]): boolean => {
    const timings = new Timings();
    let now_ms = 0;
    for (const interval_ms of [0, ...intervals_ms]) {
      now_ms += interval_ms;
      timings.add(FRAME, now_ms);
    }
    return timings.tooSlow;
  };
  const every = (interval_ms: number, n: number): number[] => Array<number>(n).fill(interval_ms);
  expect(fed(every(190, 30))).toBe(false);
  expect(fed(every(260, 19))).toBe(false);
  expect(fed(every(260, 20))).toBe(true);
  expect(fed([...every(50, 10), 60_000, ...every(50, 10)])).toBe(false);
  expect(fed([...every(260, 30), ...every(50, 12)])).toBe(false);
});

test('stages that did not run are left out of their own row only', () => {
  const timings = new Timings();
  timings.add(FRAME, 0);
  timings.add({ ...FRAME, detect_ms: 10, total_ms: 32, dropped: 2 }, 40);
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
