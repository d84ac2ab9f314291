// Waits grow, end at five minutes, and differ between devices.
import { expect, test } from 'vitest';
import { backoff } from './backoff';

test.each([
  [1, 1, 1000],
  [1, 0, 500],
  [2, 1, 2000],
  [5, 1, 16_000],
  [40, 1, 300_000],
  [40, 0, 150_000],
])('after %i failures with chance %d: %i ms', (n, random, ms) => {
  expect(backoff(n, random)).toBe(ms);
});
