// The exercise library as the engine's catalog tells it, and its pictures.
import { getJson } from '$lib/api/site';
import { language, type Language } from '$lib/i18n/index.svelte';
import type { ExerciseEntry } from '$lib/wire/schema';
import type { Told } from '$lib/wire/told';

/** Any exercise of the library. */
export type LibraryEntry = Told<ExerciseEntry> & {
  camera: 'side' | 'front' | 'front34' | 'any';
  pictures: Part[];
  /** Whose figure shows it; null where none does. */
  drawn_as: string | null;
  /** The address of a picture in place of a figure. */
  picture: string | null;
  /** Not of the library, but the person's own. */
  is_own: boolean;
};

/** One that the camera can count and judge. */
export type Exercise = LibraryEntry & {
  camera_judged: true;
  kind: 'reps' | 'hold';
  family: string;
  standards: NonNullable<LibraryEntry['standards']>;
};

export type View = 'side' | 'front';

/** What a step picture shows of the repetition. */
export type Part = 'start' | 'out' | 'turn' | 'back' | 'hold';

const loaded = new Map<Language, Promise<LibraryEntry[]>>();

/** The whole library in the chosen language, fetched once. A failed fetch is tried again the next time. */
export function library(): Promise<LibraryEntry[]> {
  const spoken = language();
  const known = loaded.get(spoken);
  if (known) return known;
  const fetched = getJson(`/catalog/exercises.${spoken}.json`)
    .then((list) =>
      (list as Omit<LibraryEntry, 'drawn_as' | 'picture' | 'is_own'>[]).map(
        (one): LibraryEntry => ({ ...one, drawn_as: one.id, picture: null, is_own: false }),
      ),
    )
    .catch((error: unknown) => {
      loaded.delete(spoken);
      throw error;
    });
  loaded.set(spoken, fetched);
  return fetched;
}

/** Those that the camera can judge. */
export async function exercises(): Promise<Exercise[]> {
  return (await library()).filter(isJudged);
}

export function isJudged(entry: LibraryEntry): entry is Exercise {
  return entry.camera_judged;
}

/** One that the camera can judge. */
export async function exerciseById(id: string): Promise<Exercise | null> {
  return find(await exercises(), id);
}

/** By id or by another name, such as the `ex_squat` of other clients. */
export function find<Entry extends LibraryEntry>(all: readonly Entry[], id: string): Entry | null {
  return all.find((one) => one.id === id || one.aliases.includes(id)) ?? null;
}

/** The side from which an exercise is best seen, which is where its camera belongs. */
export function facing(exercise: LibraryEntry): View {
  return exercise.camera === 'side' || exercise.camera === 'any' ? 'side' : 'front';
}

/** One's own first, then what needs nothing, then by name. */
export function inOrder<Entry extends LibraryEntry>(all: readonly Entry[]): Entry[] {
  const needs = (one: Entry): number => (one.is_own ? 0 : needsNothing(one) ? 1 : 2);
  return [...all].sort((a, b) => needs(a) - needs(b) || a.name.localeCompare(b.name, language()));
}

/** A mat is nice to have. */
export function needsNothing(exercise: LibraryEntry): boolean {
  return exercise.kit.every((one) => one === 'mat');
}

/** The address of a figure drawn at build time. A still one shows the turning point. */
export function figure(id: string, view: View, dark: boolean, moving: boolean): string {
  return inTheme(`${id}.${view}.${moving ? 'moving' : 'still'}`, dark);
}

/** The address of a step picture, from 0, seen from where the exercise is seen best. */
export function stepPicture(entry: LibraryEntry, index: number, dark: boolean): string {
  const part = entry.pictures[index];
  return part === 'turn' || part === 'hold'
    ? figure(entry.id, facing(entry), dark, false)
    : inTheme(`${entry.id}.step${index + 1}`, dark);
}

/** One file for both themes: it turns dark where its address says so. */
function inTheme(name: string, dark: boolean): string {
  return `/catalog/figures/${name}.svg${dark ? '#dark' : ''}`;
}

/** What each missed criterion says, by its id. */
export function reasonsOf(exercise: Exercise | null): Map<string, string> {
  const { strict = null, default: usual = null } = exercise?.standards ?? {};
  const criteria = [...(strict?.criteria ?? []), ...(usual?.criteria ?? [])];
  return new Map(criteria.map(({ id, text }) => [id, text]));
}
