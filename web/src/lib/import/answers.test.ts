// Questions come one by one, and answers reach the server as it takes them.
import { expect, test } from 'vitest';
import type { ImportedExercise } from '$lib/wire/import';
import {
  choiceOf,
  decideOpen,
  missingColumns,
  nextQuestion,
  nOpen,
  NO_ANSWERS,
  optionsOf,
  withOne,
  withOwn,
} from './answers';

const named = (name: string, choice: string | null = null): ImportedExercise => ({
  name,
  n_sets: 3,
  suggestions: [{ id: 'squat', name: 'Squat', likeness: 0.7 }],
  choice,
});

test('columns come first and exercises last, however the server lists them', () => {
  expect(nextQuestion(['exercises', 'date_order', 'columns', 'load_unit'])).toBe('columns');
  expect(nextQuestion(['exercises', 'date_order', 'load_unit'])).toBe('load_unit');
  expect(nextQuestion(['exercises', 'date_order'])).toBe('date_order');
  expect(nextQuestion(['exercises'])).toBe('exercises');
  expect(nextQuestion([])).toBeNull();
});

test('going back to a question puts it before the open ones', () => {
  expect(nextQuestion(['exercises'], 'load_unit')).toBe('load_unit');
  expect(nextQuestion([], 'exercises')).toBe('exercises');
});

test('what was not answered is not sent', () => {
  expect(optionsOf(NO_ANSWERS)).toEqual({});
  expect(optionsOf(NO_ANSWERS, 'keep')).toEqual({ keep: true });
});

test('answers become options, whatever exercises and columns are called', () => {
  const answers = {
    load_unit: 'lb',
    date_order: 'day_first',
    columns: new Map([['Wie oft', 'reps']]),
    choices: new Map([
      ['Sled Push', 'custom'],
      ['constructor', 'skip'],
      ['__proto__', 'squat'],
    ]),
  } as const;
  expect(JSON.parse(JSON.stringify(optionsOf(answers, 'keep')))).toEqual(
    JSON.parse(
      '{"load_unit":"lb","date_order":"day_first","columns":{"Wie oft":"reps"},' +
        '"choices":{"Sled Push":"custom","constructor":"skip","__proto__":"squat"},"keep":true}',
    ),
  );
});

test('what somebody says of an exercise goes before what the server took it for', () => {
  const choices = withOne(new Map(), 'Squat', 'skip');
  expect(choiceOf(named('Squat', 'squat'), choices)).toBe('skip');
  expect(choiceOf(named('Squat', 'squat'), withOne(choices, 'Squat', ''))).toBe('squat');
  expect(choiceOf(named('constructor'), choices)).toBe('');
});

test('deciding all at once leaves what is decided', () => {
  const all = [named('A'), named('B', 'squat'), named('C')];
  const choices = new Map([['C', 'skip']]);
  expect(nOpen(all, choices)).toBe(1);
  const decided = decideOpen(all, choices, () => 'custom');
  expect([...decided]).toEqual([
    ['C', 'skip'],
    ['A', 'custom'],
  ]);
  expect(nOpen(all, decided)).toBe(0);
});

test('best guesses are taken only where there are any', () => {
  const all = [named('A'), { ...named('B'), suggestions: [] }];
  const decided = decideOpen(all, new Map(), (one) => one.suggestions[0]?.id ?? '');
  expect([...decided]).toEqual([['A', 'squat']]);
});

test('what is one’s own already is not asked again', () => {
  const all = [named('Cycling'), named('Squat', 'squat'), named('Rowing'), named('constructor')];
  const own = [
    { id: 'custom_cycling', name: 'cycling' },
    { id: 'custom_squat', name: 'Squat' },
    { id: 'custom_rowing', name: 'Rowing' },
  ];
  expect([...withOwn(all, new Map([['Rowing', 'skip']]), own)]).toEqual([
    ['Rowing', 'skip'],
    ['Cycling', 'custom_cycling'],
  ]);
});

test('a table needs a day and an exercise', () => {
  const columns = [
    { header: 'When', column: null },
    { header: 'Exercise', column: 'exercise' },
  ];
  expect(missingColumns(columns, new Map())).toEqual(['start']);
  expect(missingColumns(columns, new Map([['When', 'start']]))).toEqual([]);
  expect(missingColumns(columns, new Map([['Exercise', 'start']]))).toEqual(['exercise']);
});
