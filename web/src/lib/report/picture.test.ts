// Text in the picture breaks between words.
import { expect, test } from 'vitest';
import { lines } from './picture';

function check(text: string, width: number, most: number, expected: string[]): void {
  expect(lines(text, (line) => line.length <= width, most)).toEqual(expected);
}

test('short text is one line', () => check('Chest up', 20, 3, ['Chest up']));
test('long text breaks between words', () =>
  check('Sit down between your heels', 10, 9, ['Sit down', 'between', 'your heels']));
test('too much text ends in an ellipsis', () => check('a b c d', 1, 2, ['a', 'b …']));
test('a word longer than the line stands alone', () =>
  check('no Donaudampfschiff no', 5, 9, ['no', 'Donaudampfschiff', 'no']));
