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
test('both figures are drawn at one scale, standing on one floor', () => {
  const drawn = (box: string): string => {
    const [left, , width] = box.split(' ').map(Number);
    const floor = `<path class="fig-l" d="M${left} 0H${(left ?? 0) + (width ?? 0)}"/>`;
    return `<svg viewBox="${box}"><title>x</title>${floor}</svg>`;
  };
  const frames = [
    { t_ms: 0, person: drawn('800 200 280 1080'), reference: drawn('-350 -1030 750 1090') },
    { t_ms: 900, person: drawn('820 670 660 700'), reference: drawn('-350 -1030 750 1090') },
  ];
  const replay = readReplay({ rep: 1, frames });
  const told = [...(replay?.person ?? []), ...(replay?.reference ?? [])].map((svg) =>
    /viewBox="(.*?)".*d="(.*?)"/.exec(svg)?.slice(1).join(', '),
  );
  // Wide as the widest, high as the highest; the middle and the lower edge stay.
  expect(told).toEqual([
    '565 190 750 1090, M565 0H1315',
    '775 280 750 1090, M775 0H1525',
    '-350 -1030 750 1090, M-350 0H400',
    '-350 -1030 750 1090, M-350 0H400',
  ]);
});
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
