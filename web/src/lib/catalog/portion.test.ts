// A long list comes a few at a time, and what was drawn is not drawn again.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Portion } from './portion.svelte';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('a screenful at once, the others soon', () => {
  const portion = new Portion();
  portion.want(130);
  expect(portion.n).toBe(24);
  vi.runAllTimers();
  expect(portion.n).toBeGreaterThanOrEqual(130);
});

test('a shorter list is there at once; when it grows again, only the rest waits', () => {
  const portion = new Portion();
  portion.want(130);
  vi.runAllTimers();
  portion.want(40);
  expect(portion.n).toBeGreaterThanOrEqual(40);
  portion.want(130);
  expect(portion.n).toBe(40);
  vi.runAllTimers();
  expect(portion.n).toBeGreaterThanOrEqual(130);
});

test('nothing goes on once it is stopped', () => {
  const portion = new Portion();
  portion.want(130);
  portion.stop();
  vi.runAllTimers();
  expect(portion.n).toBe(24);
});
