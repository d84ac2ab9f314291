// Where the picture lies, and which joints a finding is about.
import { expect, test } from 'vitest';
import { jointsOf, place } from './skeleton';

function check(
  frame: [number, number],
  picture: [number, number],
  expected: [number, number, number, number],
): void {
  const placed = place(
    { width: frame[0], height: frame[1] },
    { width: picture[0], height: picture[1] },
  );
  expect([placed.x, placed.y, placed.width, placed.height].map(Math.round)).toEqual(expected);
}

test('a like shape fills the frame', () => check([1440, 900], [1280, 720], [-80, 0, 1600, 900]));
test('a wide picture on an upright phone is shown whole', () =>
  check([390, 844], [1280, 720], [0, 312, 390, 219]));
test('the same shape fits exactly', () => check([640, 360], [1280, 720], [0, 0, 640, 360]));

test.each([
  ['knee_valgus', [25, 26]],
  ['hip_sag', [23, 24]],
  ['elbow_drift', [13, 14, 15, 16]],
  ['shallow_depth', [25, 26, 23, 24]],
  ['tempo', []],
])('%s marks its joints', (finding, joints) => {
  expect(jointsOf(finding)).toEqual(joints);
});
