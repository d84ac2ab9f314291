// A year of whole weeks, of which the last ends today.
import { expect, test } from 'vitest';
import { year } from './year';

const day = (on: string, n_sets: number) => ({ on, session_ids: ['a'], n_sets, load: null });

test('weeks begin on Monday, and no day is later than today', () => {
  const weeks = year([], '2026-11-19');
  expect(weeks).toHaveLength(53);
  expect(weeks.at(-1)?.map(({ on }) => on)).toEqual([
    '2026-11-16',
    '2026-11-17',
    '2026-11-18',
    '2026-11-19',
  ]);
  expect(weeks[0]?.[0]?.on).toBe('2025-11-17');
});

test('a day of training shows how much it was, against the fullest', () => {
  const told = [day('2026-11-16', 5), day('2026-11-17', 20), day('2026-11-19', 11)];
  const levels = year(told, '2026-11-19', 1)[0]?.map(({ level }) => level);
  expect(levels).toEqual([1, 4, 0, 3]);
});
