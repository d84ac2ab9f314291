// A rest ends when its time is over, however seldom anybody looks.
import { expect, test } from 'vitest';
import { RestTimer } from './rest-timer.svelte';

/** Starts a rest of ten seconds, does `steps` (look at a time, or add seconds), and tells what happened. */
function check(steps: ({ at: number } | { add: number })[], expected: string): void {
  let now = 0;
  const told: string[] = [];
  const timer = new RestTimer(
    () => now,
    () => told.push('done'),
    (left) => told.push(String(left)),
  );
  timer.start(10);
  for (const step of steps) {
    if ('at' in step) {
      now = step.at * 1000;
      timer.update();
    } else timer.add(step.add);
  }
  expect(told.join(' ')).toBe(expected);
}

test('each second is told once', () =>
  check([{ at: 0.2 }, { at: 1.1 }, { at: 1.3 }, { at: 2.2 }], '9 8'));
test('the end is told once', () => check([{ at: 9.5 }, { at: 10 }, { at: 11 }], '1 done'));
test('a tab that slept through it still ends', () => check([{ at: 500 }], 'done'));
test('more time can be added', () => check([{ at: 9.5 }, { add: 15 }, { at: 11 }], '1 16 14'));
test('time can be taken off to the end', () => check([{ at: 5 }, { add: -15 }], '5 done'));
