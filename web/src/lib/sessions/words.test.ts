// A session's file is called so that a folder of them is in order.
import { expect, test } from 'vitest';
import { fileName } from './words';

test.each([
  ['Push', '2026-11-21-push.fit'],
  ['Upper body, heavy!', '2026-11-21-upper-body-heavy.fit'],
  ['Füße & Rücken', '2026-11-21-fusse-rucken.fit'],
  ['../../etc/passwd', '2026-11-21-etc-passwd.fit'],
  ['胸', '2026-11-21-胸.fit'],
  ['', '2026-11-21-spotter.fit'],
  ['💪', '2026-11-21-spotter.fit'],
])('%s', (title, expected) => {
  expect(fileName({ on: '2026-11-21', title }, 'fit')).toBe(expected);
});
