// Looking for exercises: by words in either spelling, by choices, and by an address.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { speak } from '$lib/i18n/index.svelte';
import { EVERYTHING, countWith, fold, hits, nChosen, read, shelve, write } from './filter';
import type { Filter } from './filter';
import type { LibraryEntry } from './exercises';

function entry(id: string, name: string, more: Partial<LibraryEntry> = {}): LibraryEntry {
  return {
    id,
    name,
    aliases: [],
    pattern: 'isolation',
    level: 'beginner',
    roles: ['work'],
    goals: [],
    muscles: { direct: ['quads'], indirect: [] },
    kit: [],
    camera_judged: false,
    ...more,
  } as LibraryEntry;
}

const PUSH_UP = entry('push_up', 'Push-up', {
  aliases: ['ex_pushup', 'press-up'],
  muscles: { direct: ['chest', 'triceps'], indirect: ['abs'] },
  camera_judged: true,
  goals: ['gain_mass'],
});
const FLY = entry('chest_fly', 'Chest fly', {
  muscles: { direct: ['chest'], indirect: [] },
  kit: ['dumbbells', 'bench'],
  level: 'intermediate',
});
const STRETCH = entry('chest_stretch', 'Standing chest stretch', {
  muscles: { direct: ['chest'], indirect: [] },
  kit: ['mat'],
  roles: ['cool_down'],
});
const SQUAT = entry('squat', 'Squat', { pattern: 'squat', camera_judged: true });
const SPLIT = entry('split_squat', 'Split squat', { pattern: 'squat', kit: ['dumbbells'] });
const ALL = [STRETCH, SPLIT, SQUAT, FLY, PUSH_UP];

const found = (part: Partial<Filter>, all = ALL): string[] =>
  hits(shelve(all), { ...EVERYTHING, ...part }).map(({ id }) => id);

test.each([
  ['', ['chest_stretch', 'split_squat', 'squat', 'chest_fly', 'push_up']],
  ['squ', ['squat', 'split_squat']],
  ['pushup', ['push_up']],
  ['push up', ['push_up']],
  ['PRESS-UP', ['push_up']],
  // The name first, then what it trains.
  ['chest', ['chest_fly', 'chest_stretch', 'push_up']],
  ['stretch chest', ['chest_stretch']],
  ['dumbbells', ['split_squat', 'chest_fly']],
  ['nothing like it', []],
])('the words `%s` find %j', (words, expected) => {
  expect(found({ words })).toEqual(expected);
});

test.each<[Partial<Filter>, string[]]>([
  [{ muscle: ['chest'] }, ['chest_fly', 'push_up', 'chest_stretch']],
  [{ muscle: ['triceps', 'quads'] }, ['split_squat', 'squat', 'push_up']],
  [{ kit: ['none'] }, ['chest_stretch', 'squat', 'push_up']],
  [{ kit: ['none', 'bench'] }, ['chest_stretch', 'squat', 'chest_fly', 'push_up']],
  [{ judged: true }, ['squat', 'push_up']],
  [{ level: ['intermediate'] }, ['chest_fly']],
  [{ role: ['cool_down'], muscle: ['chest'] }, ['chest_stretch']],
  [{ goal: ['gain_mass'] }, ['push_up']],
  [{ words: 'chest', kit: ['dumbbells'] }, ['chest_fly']],
])('%j leaves %j', (part, expected) => {
  expect(found(part)).toEqual(expected);
});

test('a choice says how much it would leave in the place of the others of its group', () => {
  const filter = { ...EVERYTHING, muscle: ['chest'], kit: ['dumbbells'] };
  expect(countWith(shelve(ALL), filter, 'kit', 'none')).toBe(2);
  expect(countWith(shelve(ALL), filter, 'muscle', 'quads')).toBe(1);
});

test.each([
  '',
  '?q=push%20up',
  '?q=K%C3%BCche&muscle=chest,quads&kit=none&judged=1',
  '?goal=gain_mass&level=beginner,advanced&role=warm_up',
])('the address %s is read and written alike', (address) => {
  expect(write(read(new URLSearchParams(address)))).toBe(address);
});

test('an address with nonsense is read as far as it makes sense', () => {
  const filter = read(new URLSearchParams('?muscle=chest,,chest,%3Cscript%3E&judged=yes&other=1'));
  expect(filter).toEqual({ ...EVERYTHING, muscle: ['chest'] });
  expect(nChosen(filter)).toBe(1);
});

test('letters are found in every spelling', () => {
  expect(fold('Liegestütz')).toBe(fold('liegestuetz'));
  expect(fold('Trizeps-Strecken über Kopf')).toBe('trizeps strecken uber kopf');
  expect(fold('Fuß')).toBe('fuss');
});

test('where the page speaks German, German words find it', async () => {
  await speak('de');
  const german = entry('push_up', 'Liegestütz', { ...PUSH_UP, name: 'Liegestütz' });
  expect(found({ words: 'liegestuetz' }, [german])).toEqual(['push_up']);
  expect(found({ words: 'brust' }, [german])).toEqual(['push_up']);
  expect(found({ words: 'trizeps' }, [german])).toEqual(['push_up']);
});

beforeAll(() => speak('en'));
afterAll(() => speak('en'));
