import { describe, expect, it } from 'vitest';

import { isNear } from './runtime';

function check(answer: number[], expected: boolean): void {
  expect(isNear(new Float32Array(answer), new Float32Array([100, -2, 0]))).toBe(expected);
}

describe('a GPU is believed', () => {
  it('when its numbers are those of WebAssembly, but for rounding', () => {
    check([100.01, -2.001, 0], true);
    check([100, -2, 1.5], false);
    check([100, 2, 0], false);
  });
  it('never when numbers are missing or no numbers', () => {
    check([100, -2], false);
    check([100, NaN, 0], false);
    check([0, 0, 0], false);
  });
});
