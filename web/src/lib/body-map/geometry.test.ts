// The body is the same on both sides, whole, and inside its frame.
import { expect, test } from 'vitest';
import { AREAS, BODY, FACE, FRAME, MUSCLES, bestFace, type Face } from './geometry';
import { shadeOf, shadesOf } from './shades';

const FACES: readonly Face[] = ['front', 'back'];
const numbers = (path: string): [number, number][] =>
  [...path.matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

test('every muscle has an area where it is seen best', () => {
  for (const muscle of MUSCLES) {
    const areas = AREAS[bestFace(muscle)].filter((area) => area.muscle === muscle);
    expect(areas, muscle).toHaveLength(1);
  }
});

test.each([
  ...FACES.flatMap((face) => AREAS[face].map(({ muscle, path }) => [`${muscle} ${face}`, path])),
  ['body', BODY],
  ['head', FACE],
])('%s is symmetric and inside the frame', (_, path = '') => {
  const [left = 0, top = 0, width = 0, height = 0] = FRAME.split(' ').map(Number);
  const points = numbers(path);
  for (const [x, y] of points) {
    const twins = points.filter(([x1, y1]) => Math.hypot(x + x1, y - y1) < 0.15);
    expect(twins.length, `${x} ${y}`).toBeGreaterThan(0);
    expect(x).toBeGreaterThan(left);
    expect(x).toBeLessThan(left + width);
    expect(y).toBeGreaterThan(top);
    expect(y).toBeLessThan(top + height);
  }
});

test('a muscle that helps is told apart from one that is trained, and both from the rest', () => {
  const shades = shadesOf({ direct: ['quads'], indirect: ['abs'] });
  expect(shadeOf(shades, 'quads')).toEqual({ hatched: false, share: null });
  expect(shadeOf(shades, 'abs')).toEqual({ hatched: true, share: null });
  expect(shadeOf(shades, 'lats')).toBeNull();
  expect(shadeOf({ lats: 1.7 }, 'lats')).toEqual({ hatched: false, share: 1 });
  expect(shadeOf({ lats: 0 }, 'lats')).toBeNull();
});
