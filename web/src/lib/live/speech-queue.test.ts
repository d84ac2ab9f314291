// One thing at a time, the important one first, nothing late.
import { expect, test } from 'vitest';
import { SpeechQueue, type SpeechKind } from './speech-queue';

/** Pushes `[kind, text, at]` in order, then takes everything at `now`. */
function check(pushed: [SpeechKind, string, number][], now: number, expected: string[]): void {
  const queue = new SpeechQueue();
  for (const [kind, text, at] of pushed) queue.push({ kind, text, lang: 'en' }, at);
  const said: string[] = [];
  for (let next = queue.next(now); next; next = queue.next(now)) said.push(next.text);
  expect(said).toEqual(expected);
}

test('the count comes before the cue that came with it', () =>
  check(
    [
      ['form', 'Chest up', 0],
      ['count', '4', 0],
    ],
    100,
    ['4', 'Chest up'],
  ));
test('a newer count replaces one that was not said yet', () =>
  check(
    [
      ['count', '4', 0],
      ['count', '5', 900],
    ],
    1000,
    ['5'],
  ));
test('a late count is not said at all', () => check([['count', '4', 0]], 1600, []));
test('a cue may wait longer than a count', () =>
  check(
    [
      ['count', '4', 0],
      ['form', 'Chest up', 0],
    ],
    3000,
    ['Chest up'],
  ));
test('placement advice yields to the movement', () =>
  check(
    [
      ['placement', 'Step back', 0],
      ['count', '1', 10],
    ],
    20,
    ['1'],
  ));
test('placement advice is said when nothing else is', () =>
  check([['placement', 'Step back', 0]], 20, ['Step back']));
