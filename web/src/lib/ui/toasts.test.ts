// One offer at a time, and each ends once: taken, passed, or replaced.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toasts } from './toasts.svelte';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test.each<[string, (toasts: Toasts) => void, string[], string[]]>([
  ['an offer passes', () => vi.advanceTimersByTime(9_000), ['one gone'], []],
  ['an offer is taken', (toasts) => toasts.shown[0]?.action?.run(), ['one taken'], []],
  ['another offer comes', (toasts) => offer(toasts, 'two'), ['one gone'], ['two']],
  ['a message comes', (toasts) => toasts.show('plain'), [], ['one', 'plain']],
])('%s', (_what, happens, expected, shown) => {
  const toasts = new Toasts();
  log.splice(0);
  offer(toasts, 'one');
  happens(toasts);
  expect(log).toEqual(expected);
  expect(toasts.shown.map(({ text }) => text)).toEqual(shown);
  vi.advanceTimersByTime(60_000);
  expect(log.filter((line) => line.startsWith('one'))).toHaveLength(1);
});

const log: string[] = [];

function offer(toasts: Toasts, name: string): void {
  const undo = { label: 'Undo', run: () => void log.push(`${name} taken`) };
  toasts.show(name, undo, () => log.push(`${name} gone`));
}
