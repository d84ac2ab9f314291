// Warnings stand under what is the matter, each with its line.
import { expect, test } from 'vitest';
import { byKind, placeOf } from './warnings';

test('a place is a kind and a number', () => {
  expect(placeOf('line 12')).toEqual({ kind: 'line', n: 12 });
  expect(placeOf('session 3')).toEqual({ kind: 'session', n: 3 });
  expect(placeOf('file').kind).toBe('file');
  expect(placeOf('somewhere new').kind).toBe('file');
});

test('kinds stand in the order in which they are met', () => {
  const warning = (at: string, kind: string) => ({ at, kind, value: '' });
  const list = [warning('line 2', 'no_date'), warning('line 3', 'twice')];
  expect(byKind([...list, warning('line 9', 'no_date')]).map((one) => one.list.length)).toEqual([
    2, 1,
  ]);
});
