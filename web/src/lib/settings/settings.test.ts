// Whatever was kept, by whatever version, gives usable settings.
import { expect, test } from 'vitest';
import { DEFAULTS, read, Settings, type Choices } from './settings.svelte';

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
test('only a plain true is a consent', () => {
  check('{"serverPose":true}', { serverPose: true });
  for (const kept of ['1', '"true"', 'null', '{}']) check(`{"serverPose":${kept}}`, {});
});
test('a consent that was withdrawn in another tab is withdrawn here', () => {
  const settings = new Settings(null);
  settings.set('serverPose', true);
  settings.follow({ key: 'something else', newValue: '{}' });
  expect(settings.chosen.serverPose).toBe(true);
  settings.follow({ key: 'spotter.settings', newValue: '{"serverPose":false}' });
  expect(settings.chosen.serverPose).toBe(false);
});
