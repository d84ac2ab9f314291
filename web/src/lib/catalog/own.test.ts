// One's own exercise is what it is like, under its own name.
import { expect, test } from 'vitest';
import type { OwnExercise } from '$lib/api/own-exercises';
import type { LibraryEntry } from './exercises';
import { ownEntry } from './own';

const press = {
  ...{ id: 'press', name: 'Press', aliases: ['ex_press'], camera_judged: true, load: 'weight' },
  ...{ kit: ['dumbbells'], muscles: { direct: ['triceps'], indirect: [] }, drawn_as: 'press' },
} as unknown as LibraryEntry;
const own = (change: Partial<OwnExercise>): OwnExercise => ({
  ...{ id: 'custom_log', name: 'Log press', like: null, picture_url: null, drawn: false },
  ...change,
});

test.each([
  [{ like: 'press' }, ['press', null, ['dumbbells'], ['triceps']]],
  [{ like: 'press', drawn: true, picture_url: '/p' }, ['press', '/p', ['dumbbells'], ['triceps']]],
  [{ like: 'press', picture_url: '/p' }, ['press', null, ['dumbbells'], ['triceps']]],
  [{ like: 'gone' }, [null, null, [], []]],
  [{}, [null, null, [], []]],
])('%o', (change, expected) => {
  const entry = ownEntry(own(change), [press]);
  const { drawn_as, picture, kit, muscles } = entry;
  expect([drawn_as, picture, kit, muscles.direct]).toEqual(expected);
  expect([entry.id, entry.name, entry.aliases, entry.camera_judged, entry.is_own]).toEqual([
    'custom_log',
    'Log press',
    [],
    false,
    true,
  ]);
});
