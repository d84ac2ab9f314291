// Which exercises somebody looks for: words and choices, kept in the address, and what of the library fits them.
import { needsNothing, type LibraryEntry } from './exercises';
import { word } from './words';

/** Choices of which any one must fit; choices of different groups must all fit. */
export const GROUPS = ['muscle', 'kit', 'goal', 'level', 'role'] as const;
export type Group = (typeof GROUPS)[number];

export type Filter = Readonly<Record<Group, readonly string[]>> & {
  readonly words: string;
  /** Only what the camera can judge. */
  readonly judged: boolean;
};

export const EVERYTHING: Filter = {
  words: '',
  muscle: [],
  kit: [],
  goal: [],
  level: [],
  role: [],
  judged: false,
};

/** In the group `kit`: nothing is needed. */
export const NO_KIT = 'none';

/** From an address's parameters. */
export function read(params: URLSearchParams): Filter {
  const list = (group: Group): string[] => [
    ...new Set((params.get(group) ?? '').split(',').filter((value) => /^\w+$/.test(value))),
  ];
  return {
    words: params.get('q') ?? '',
    muscle: list('muscle'),
    kit: list('kit'),
    goal: list('goal'),
    level: list('level'),
    role: list('role'),
    judged: params.get('judged') === '1',
  };
}

export function readAddress(address: { search: string }): Filter {
  return read(new URLSearchParams(address.search));
}

/** As an address's parameters, with the question mark; nothing for everything. */
export function write(filter: Filter): string {
  const parts = GROUPS.filter((group) => filter[group].length > 0).map(
    (group) => `${group}=${filter[group].join(',')}`,
  );
  if (filter.words.trim()) parts.unshift(`q=${encodeURIComponent(filter.words.trim())}`);
  if (filter.judged) parts.push('judged=1');
  return parts.length > 0 ? `?${parts.join('&')}` : '';
}

/** How many choices are made, without the words. */
export function nChosen(filter: Filter): number {
  return GROUPS.reduce((sum, group) => sum + filter[group].length, filter.judged ? 1 : 0);
}

/** An exercise with what words are looked for in. */
export interface Shelved {
  entry: LibraryEntry;
  name: string;
  aliases: string[];
  rest: string;
}

/** In the language that is spoken. */
export function shelve(entries: readonly LibraryEntry[]): Shelved[] {
  return entries.map((entry) => ({
    entry,
    name: fold(entry.name),
    aliases: entry.aliases.map(fold),
    rest: fold(
      [
        word('pattern', entry.pattern),
        ...entry.muscles.direct.map((muscle) => word('muscle', muscle)),
        ...entry.kit.map((kit) => word('kit', kit)),
        ...entry.muscles.direct,
      ].join(' '),
    ),
  }));
}

/** What fits, best first; in the given order where no words were given, but for a muscle first what is trained with. */
export function hits(shelf: readonly Shelved[], filter: Filter): LibraryEntry[] {
  const chosen = shelf.filter(({ entry }) => fits(entry, filter));
  const asked = fold(filter.words);
  if (asked === '') {
    const entries = chosen.map(({ entry }) => entry);
    return filter.muscle.length > 0 ? entries.sort((a, b) => aside(a) - aside(b)) : entries;
  }
  return chosen
    .map((shelved) => ({ entry: shelved.entry, rank: rank(shelved, asked) }))
    .filter(({ rank }) => rank > 0)
    .sort((a, b) => b.rank - a.rank)
    .map(({ entry }) => entry);
}

/** How many would fit if only this were chosen in its group. */
export function countWith(
  shelf: readonly Shelved[],
  filter: Filter,
  group: Group,
  value: string,
): number {
  return hits(shelf, { ...filter, [group]: [value] }).length;
}

function fits(entry: LibraryEntry, filter: Filter): boolean {
  const values: Record<Group, readonly string[]> = {
    muscle: entry.muscles.direct,
    kit: needsNothing(entry) ? [...entry.kit, NO_KIT] : entry.kit,
    goal: entry.goals,
    level: [entry.level],
    role: entry.roles,
  };
  return (
    (!filter.judged || entry.camera_judged) &&
    GROUPS.every(
      (group) =>
        filter[group].length === 0 || filter[group].some((value) => values[group].includes(value)),
    )
  );
}

/** Stretches and the like come after what trains. */
function aside(entry: LibraryEntry): number {
  return entry.roles.includes('work') ? 0 : 1;
}

/** 0 where it does not fit; more where the words are nearer to the beginning of the name. */
function rank({ name, aliases, rest }: Shelved, asked: string): number {
  const near = (text: string): boolean =>
    text.startsWith(asked) ||
    text.includes(` ${asked}`) ||
    squeeze(text).startsWith(squeeze(asked));
  if (name.startsWith(asked)) return 6;
  if (near(name)) return 5;
  if (aliases.some(near)) return 4;
  const all = [name, ...aliases, rest].join(' ');
  const parts = asked.split(' ');
  if (parts.every((part) => name.includes(part))) return 3;
  if (parts.every((part) => ` ${all}`.includes(` ${part}`))) return 2;
  const squeezed = squeeze([name, ...aliases].join(' '));
  return parts.every((part) => all.includes(part)) || squeezed.includes(squeeze(asked)) ? 1 : 0;
}

/** Lower case without accents and hyphens; `ue` finds `ü` and the other way around. */
export function fold(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/([aou])e/g, '$1')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

/** `pushup`, `push up` and `push-up` are one word. */
const squeeze = (text: string): string => text.replaceAll(' ', '');
