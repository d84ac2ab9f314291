// What comes after a set, and how long the rest before it is.
import { expect, test } from 'vitest';
import { nextAfter, restAfter } from './rests';
import { blankRow, type Card, type Row } from './sheet';

/** `a:2` is an exercise with two sets; `a:2@1s` one of superset 1; `a:lr` sides; `a:1d` a set and a drop. */
function cards(text: string): Card[] {
  return text.split(' ').map((part, at) => {
    const [name = '', rest = ''] = part.split(':');
    const [rows = '', group] = rest.split('@');
    const kinds: Partial<Row>[] =
      rows === 'lr'
        ? [{ side: 'left' }, { side: 'right' }]
        : [
            ...Array.from({ length: parseInt(rows) }, () => ({})),
            ...(rows.endsWith('d') ? [{ kind: 'drop' as const }] : []),
          ];
    const kind = group?.endsWith('e') ? ('emom' as const) : ('superset' as const);
    return {
      key: name,
      exercise_id: name,
      name,
      group: group ? { number: parseInt(group), kind } : null,
      rest_secs: 60 + 30 * at,
      timed: false,
      rows: kinds.map((extra, n) => ({ ...blankRow(`${name}${n}`, false), ...extra })),
    };
  });
}

/** After the last of `done`: the next set and the rest before it. */
test.each([
  ['a:2 b:2', 'a0', 'a1 60'],
  ['a:2 b:2', 'a0 a1', 'b0 60'],
  ['a:2 b:2', 'a0 a1 b0 b1', 'none 0'],
  ['a:2 b:2', 'b0 b1', 'a0 90'],
  ['a:1d b:1', 'a0', 'a1 0'],
  ['a:lr b:1', 'a0', 'a1 0'],
  ['a:lr b:1', 'a0 a1', 'b0 60'],
  ['a:2@1s b:2@1s c:1', 'a0', 'b0 0'],
  ['a:2@1s b:2@1s c:1', 'a0 b0', 'a1 90'],
  ['a:2@1s b:2@1s c:1', 'a0 b0 a1 b1', 'c0 90'],
  ['a:1@1s b:2@1s c:1', 'a0 b0', 'b1 90'],
  ['a:2@1e b:2@1e', 'a0 b0', 'a1 0'],
])('%s after %s: %s', (text, told, expected) => {
  const all = cards(text);
  const done = told.split(' ');
  const last = done.at(-1) ?? '';
  const isDone = (id: string): boolean => done.includes(id);
  const next = nextAfter(all, last, isDone);
  expect(`${next?.row.id ?? 'none'} ${restAfter(all, last, isDone)}`).toBe(expected);
});
