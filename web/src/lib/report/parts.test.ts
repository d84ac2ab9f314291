// Means over what was measured, and which repetition to look at.
import { expect, test } from 'vitest';
import type { Analysis, Issue, ReportRep } from '$lib/engine/types';
import { gathered, meanParts, worst } from './parts';

const rep = (
  number: number,
  score: number | null,
  symmetry: number | null = null,
  counted = true,
): ReportRep =>
  ({
    number,
    score,
    counted,
    score_parts:
      score === null ? null : { shape: score, depth: 100, symmetry, tempo: 50, smoothness: 50 },
  }) as ReportRep;

test('a part nobody measured is left out', () => {
  expect(meanParts([rep(1, 80), rep(2, 60)])).toEqual([
    { part: 'shape', mean: 70 },
    { part: 'depth', mean: 100 },
    { part: 'tempo', mean: 50 },
    { part: 'smoothness', mean: 50 },
  ]);
});

test('a part measured once counts once', () => {
  const symmetry = meanParts([rep(1, 80, 90), rep(2, 60)]).find(({ part }) => part === 'symmetry');
  expect(symmetry?.mean).toBe(90);
});

function check(reps: ReportRep[], expected: number | null): void {
  expect(worst({ rep_list: reps } as Analysis)?.number ?? null).toBe(expected);
}

test('the lowest score', () => check([rep(1, 80), rep(2, 40), rep(3, 90)], 2));
test('the first of equals', () => check([rep(1, 80), rep(2, 80)], 1));
test('without scores the first attempt', () => check([rep(1, null), rep(2, null, null, false)], 2));
test('nothing to look at', () => check([], null));

test('the same fault in several repetitions is told once, the gravest first', () => {
  const issue = (id: string, severity: string, rep: number | null, confidence: number): Issue =>
    ({ id, severity, rep, confidence, text: id }) as Issue;
  const told = gathered([
    issue('heel_rise', 'low', 1, 0.9),
    issue('hip_sag', 'high', 2, 0.7),
    issue('hip_sag', 'high', 3, 1),
    issue('hip_sag', 'high', 3, 0.8),
  ]);
  expect(told.map(({ id, reps, confidence }) => [id, reps, confidence])).toEqual([
    ['hip_sag', [2, 3], 1],
    ['heel_rise', [1], 0.9],
  ]);
});
