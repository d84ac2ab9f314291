// A tempo is read whole or not at all.
import { expect, test } from 'vitest';
import { readTempo } from './tempo';

test.each([
  ['3-1-1-0', 'eccentric 3, bottom 1, concentric 1', 5],
  ['1.5-0-1.5-0', 'eccentric 1.5, concentric 1.5', 3],
])('%s takes %s', (text, expected, total) => {
  const tempo = readTempo(text);
  expect(tempo?.phases.map(({ phase, secs }) => `${phase} ${secs}`).join(', ')).toBe(expected);
  expect(tempo?.total).toBe(total);
});

test.each(['0-0-0-0', '', 'slow', '3-1-1', '3-x-1-0'])('`%s` paces nothing', (text) => {
  expect(readTempo(text)).toBeNull();
});
