// Whatever was kept, by whatever version, gives usable settings.
import { expect, test } from 'vitest';
import { DEFAULTS, read, type Choices } from './settings.svelte';

function check(kept: string | null, expected: Partial<Choices>): void {
  expect(read(kept)).toEqual({ ...DEFAULTS, ...expected });
}

test('nothing kept', () => check(null, {}));
test('not JSON', () => check('{oops', {}));
test('not an object', () => check('42', {}));
test('known values are taken', () =>
  check('{"theme":"dark","restSecs":90}', { theme: 'dark', restSecs: 90 }));
test('wrong types and ranges are not', () =>
  check('{"theme":"pink","textScale":9,"voice":"yes","network":"huge","heightCm":"tall"}', {}));
