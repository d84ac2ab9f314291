// The live count and the report may differ; what is said about it must be true.
import { expect, test } from 'vitest';
import type { SetRecord } from '$lib/history/record';
import { recount } from './recount';

/** `1` is a repetition in the second it stands at, `x` an attempt, `.` nothing. */
function cycles(text: string): { counted: boolean; start_ms: number; end_ms: number }[] {
  return [...text].flatMap((one, k) =>
    one === '.' ? [] : [{ counted: one === '1', start_ms: k * 1000, end_ms: k * 1000 + 900 }],
  );
}

function check(live: string | null, report: string, expected: string | null): void {
  const rep_list = cycles(report);
  const count = (all: typeof rep_list): number => all.filter((one) => one.counted).length;
  const record = {
    analysis: { hold_ms: null, reps: count(rep_list), rep_list },
    ...(live === null ? {} : { live: { reps: count(cycles(live)), cycles: cycles(live) } }),
  } as unknown as SetRecord;
  const found = recount(record);
  expect(found && `${found.live} → ${found.whole} ${found.why}`).toBe(expected);
}

test('nothing to say where both agree', () => check('11.1', '11.1', null));
test('nothing to say about a set without a live count', () => check(null, '111', null));
test('the last one was no complete one', () => check('1111', '111.', '4 → 3 incomplete'));
test('an attempt before it does not matter', () => check('1x11', '1x1.', '3 → 2 incomplete'));
test('the last one is an attempt by now', () => check('111', '11x', '3 → 2 hindsight'));
test('another one is gone', () => check('1111', '1.11', '4 → 3 hindsight'));
test('one more', () => check('111.', '1111', '3 → 4 hindsight'));
test('after a pause the times do not fit, and nothing is claimed', () =>
  check('11...11', '111', '4 → 3 hindsight'));
