// What the engine reports of a set is what the log keeps of it.
import { expect, test } from 'vitest';
import type { Analysis } from '$lib/engine/types';
import { fromAnalysis } from './seen';

const rep = (counted: boolean, rom_deg: number, secs: number, speed: number) => ({
  ...{ counted, rom_deg, start_ms: 1000, end_ms: 1000 + 1000 * secs },
  mean_concentric_speed: speed,
});
const analysis = (change: Partial<Analysis>): Analysis =>
  ({
    ...{ reps: 2, attempts: 1, score: 81.26, hold_ms: null, left: null, right: null, effort: null },
    rep_list: [rep(true, 100, 2, 0.5), rep(false, 20, 9, 0.9), rep(true, 110, 3, 0.4)],
    ...change,
  }) as Analysis;

test('only repetitions that counted are averaged', () => {
  expect(fromAnalysis(analysis({}))).toEqual({
    values: { reps: 2, seconds: null, rir: null },
    seen: {
      ...{ attempts: 1, technique: 81.3, rom_deg: 105, rep_seconds: 2.5 },
      ...{ best_velocity_mps: 0.5, velocity_loss: null, rir: null },
    },
  });
});

test('effort is told in halves and stays within its range', () => {
  const effort = { reps_in_reserve: 1.8, reps_in_reserve_interval: [1, 3], velocity_loss: 0.2 };
  const told = fromAnalysis(analysis({ effort: effort as Analysis['effort'] }));
  expect([told.values.rir, told.seen.rir, told.seen.velocity_loss]).toEqual([2, 2, 0.2]);
});

test('a hold is seconds, and of two sides a set is one', () => {
  expect(fromAnalysis(analysis({ hold_ms: 31_400 })).values).toMatchObject({
    reps: null,
    seconds: 31,
  });
  expect(fromAnalysis(analysis({ reps: 11, left: 6, right: 5 })).values.reps).toBe(6);
});
