// Sizes and shapes of frames.
import { describe, expect, it } from 'vitest';

import { inPicture } from './picture';
import { lookedAtSize } from './pixels';

const size = (text: string): { width: number; height: number } => {
  const [width = 0, height = 0] = text.split('x').map(Number);
  return { width, height };
};

describe('what is looked at of a frame', () => {
  it.each([
    ['640x480', '640x480'],
    ['1280x720', '1280x720'],
    ['1920x1080', '960x540'],
    ['1080x1920', '540x960'],
    ['4000x2', '960x1'],
  ])('%s is looked at as %s', (shown, expected) => {
    expect(lookedAtSize(size(shown))).toEqual(size(expected));
  });
});

describe('landmarks of a frame in the picture of the set', () => {
  // A point a quarter across and half down, with depth and visibility.
  const point = new Float64Array([0.25, 0.5, 0.125, 0.75]);
  it.each([
    ['1280x720', '1280x720', [0.25, 0.5, 0.125, 0.75]],
    ['640x360', '1280x720', [0.25, 0.5, 0.125, 0.75]],
    // A phone on its side that was stood up: 320 pixels across and 640 down, as before.
    ['720x1280', '1280x720', [180 / 1280, 640 / 720, 90 / 1280, 0.75]],
  ])('%s in %s', (frame, picture, expected) => {
    const told = inPicture(point, size(frame), size(picture));
    expect(Array.from(told)).toEqual(Array.from(Float32Array.from(expected)));
  });
});
