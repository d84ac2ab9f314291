// What the engine draws is read; anything else is left out, never a crash.
import { expect, test } from 'vitest';
import { readReplay } from './figures';

const frame = (t_ms: number, person: string | null): unknown => ({
  t_ms,
  person,
  reference: `ref${t_ms}`,
});

function check(raw: unknown, expected: string | null): void {
  const replay = readReplay(raw);
  expect(replay && `${replay.rep}: ${replay.person.join(' ')} in ${replay.secs} s`).toBe(expected);
}

test('a replay', () =>
  check(
    { rep: 3, frames: [frame(0, 'a'), frame(1000, 'b'), frame(2000, 'c')] },
    '3: a b c in 2 s',
  ));
test('a step with nobody repeats the one before', () =>
  check(
    { rep: 1, frames: [frame(0, 'a'), frame(500, null), frame(900, 'c')] },
    '1: a a c in 0.9 s',
  ));
test('steps before anybody is seen are left out', () =>
  check({ rep: 1, frames: [frame(0, null), frame(500, 'b'), frame(900, 'c')] }, '1: b c in 0.9 s'));
test('one step is no movement', () => check({ rep: 1, frames: [frame(0, 'a')] }, null));
test.each([
  null,
  undefined,
  7,
  'x',
  [],
  {},
  { rep: 'one', frames: [] },
  { rep: 1, frames: [null] },
])('not a replay: %j', (raw) => check(raw, null));
