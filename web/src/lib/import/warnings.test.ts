// Warnings stand under what is the matter, each with its line.
import { expect, test } from 'vitest';
import { byKind, placeOf } from './warnings';

test('a place is a kind and a number', () => {
  expect(placeOf('line 12')).toEqual({ kind: 'line', from: 12, to: 12 });
  expect(placeOf('session 3')).toEqual({ kind: 'session', from: 3, to: 3 });
  expect(placeOf('file').kind).toBe('file');
  expect(placeOf('somewhere new').kind).toBe('file');
});

test('kinds stand in the order in which they are met', () => {
  const warning = (at: string, kind: string) => ({ at, kind, value: '' });
  const list = [warning('line 2', 'no_date'), warning('line 3', 'twice')];
  expect(byKind([...list, warning('line 9', 'no_date')]).map(({ kind }) => kind)).toEqual([
    'no_date',
    'twice',
  ]);
});

test('the same in a hundred lines is told once, with its lines', () => {
  const x = (at: string) => ({ at, kind: 'no_effort', value: 'x' });
  const y = { at: 'line 8', kind: 'no_effort', value: 'y' };
  const line = (from: number, to: number) => ({ kind: 'line', from, to });
  expect(byKind([x('line 2'), x('line 3'), x('line 4'), y, x('line 9')])).toEqual([
    {
      kind: 'no_effort',
      values: [
        { value: 'x', places: [line(2, 4), line(9, 9)] },
        { value: 'y', places: [line(8, 8)] },
      ],
    },
  ]);
});
