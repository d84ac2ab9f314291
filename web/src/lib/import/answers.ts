// What somebody answers about a file, and which question comes next.
import type {
  DateOrder,
  ImportedColumn,
  ImportedExercise,
  ImportOptions,
  LoadUnit,
  Question,
} from '$lib/wire/import';

/** What the columns of a table may mean, in the order in which they are offered. */
export const COLUMNS = [
  'start',
  'start_time',
  'end',
  'session_secs',
  'title',
  'session_note',
  'exercise',
  'exercise_note',
  'set_order',
  'set_kind',
  'is_warm_up',
  'superset',
  'load',
  'load_unit',
  'reps',
  'n_sets',
  'distance',
  'distance_unit',
  'secs',
  'rpe',
  'rir',
  'set_note',
] as const;

/** Without these two nothing can be read. */
const NEEDED = ['start', 'exercise'] as const;

/** Names come from files, so they are keys of maps and not of objects. */
export interface Answers {
  readonly load_unit: LoadUnit | null;
  readonly date_order: DateOrder | null;
  readonly columns: ReadonlyMap<string, string>;
  readonly choices: ReadonlyMap<string, string>;
}

export const NO_ANSWERS: Answers = {
  load_unit: null,
  date_order: null,
  columns: new Map(),
  choices: new Map(),
};

/** What the columns are decides what else there is to ask; exercises come last, for they take longest. */
const ORDER = ['columns', 'load_unit', 'date_order', 'exercises'] as const satisfies Question[];

/** The first that is open; before it the one that somebody went back to. */
export function nextQuestion(
  open: readonly Question[],
  again: Question | null = null,
): Question | null {
  return again ?? ORDER.find((question) => open.includes(question)) ?? null;
}

/** As the server takes them: what was not answered is left out. */
export function optionsOf(
  answers: Answers,
  then: 'look' | 'keep' | 'take_back' = 'look',
): ImportOptions {
  const { load_unit, date_order, columns, choices } = answers;
  return {
    ...(load_unit !== null && { load_unit }),
    ...(date_order !== null && { date_order }),
    ...(columns.size > 0 && { columns: Object.fromEntries(columns) }),
    ...(choices.size > 0 && { choices: Object.fromEntries(choices) }),
    ...(then !== 'look' && { [then]: true }),
  };
}

/** The map with one more; an empty value takes it out. */
export function withOne(
  map: ReadonlyMap<string, string>,
  key: string,
  value: string,
): ReadonlyMap<string, string> {
  const next = new Map(map);
  if (value === '') next.delete(key);
  else next.set(key, value);
  return next;
}

/** What becomes of an exercise: as it was answered, else as the server decided; empty where it is open. */
export function choiceOf(one: ImportedExercise, choices: ReadonlyMap<string, string>): string {
  return choices.get(one.name) ?? one.choice ?? '';
}

export interface Named {
  id: string;
  name: string;
}

/** Names that are open and already exercises of one's own become these, so that next month's file asks less. */
export function withOwn(
  exercises: readonly ImportedExercise[],
  choices: ReadonlyMap<string, string>,
  own: readonly Named[],
): ReadonlyMap<string, string> {
  const ids = new Map(own.map(({ id, name }) => [name.toLowerCase(), id]));
  return decideOpen(exercises, choices, ({ name }) => ids.get(name.toLowerCase()) ?? '');
}

/** What an exercise becomes, once nothing is open: one of the library, one of one's own, or nothing. */
export const BECOMES = ['library', 'own', 'out'] as const;
export function becomes({ choice }: ImportedExercise): (typeof BECOMES)[number] {
  if (choice === 'skip') return 'out';
  // Our own files bring the ids of one's own along.
  return choice?.startsWith('custom') ? 'own' : 'library';
}

/** A name out of a file inside a sentence: one that runs from right to left does not turn what stands around it. */
export const isolated = (name: string): string => `\u2068${name}\u2069`;

export function nOpen(
  exercises: readonly ImportedExercise[],
  choices: ReadonlyMap<string, string>,
): number {
  return exercises.filter((one) => choiceOf(one, choices) === '').length;
}

/** All that are open become exercises of one's own, or whatever else is said of them. */
export function decideOpen(
  exercises: readonly ImportedExercise[],
  choices: ReadonlyMap<string, string>,
  choice: (one: ImportedExercise) => string,
): ReadonlyMap<string, string> {
  const next = new Map(choices);
  for (const one of exercises) {
    const decided = choiceOf(one, choices) === '' ? choice(one) : '';
    if (decided !== '') next.set(one.name, decided);
  }
  return next;
}

export function meaningOf(column: ImportedColumn, said: ReadonlyMap<string, string>): string {
  return said.get(column.header) ?? column.column ?? '';
}

/** What is still needed to read a table. */
export function missingColumns(
  columns: readonly ImportedColumn[],
  said: ReadonlyMap<string, string>,
): (typeof NEEDED)[number][] {
  const meanings = columns.map((column) => meaningOf(column, said));
  return NEEDED.filter((needed) => !meanings.includes(needed));
}
