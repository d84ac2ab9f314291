// The exercises that can be judged, as the engine's catalog tells them, and their pictures.
import { getJson } from '$lib/api/site';
import { language, type Language } from '$lib/i18n/index.svelte';
import type { ExerciseEntry } from '$lib/wire/schema';
import type { Told } from '$lib/wire/told';

export type Exercise = Told<ExerciseEntry> & {
  camera: 'side' | 'front' | 'front34' | 'any';
  kind: 'reps' | 'hold';
};

export type View = 'side' | 'front';

const loaded = new Map<Language, Promise<Exercise[]>>();

/** All of them in the chosen language, fetched once. A failed fetch is tried again the next time. */
export function exercises(): Promise<Exercise[]> {
  const spoken = language();
  const known = loaded.get(spoken);
  if (known) return known;
  const fetched = getJson(`/catalog/exercises.${spoken}.json`)
    .then((list) => list as Exercise[])
    .catch((error: unknown) => {
      loaded.delete(spoken);
      throw error;
    });
  loaded.set(spoken, fetched);
  return fetched;
}

export async function exerciseById(id: string): Promise<Exercise | null> {
  return find(await exercises(), id);
}

/** By id or by another name, such as the `ex_squat` of other clients. */
export function find(all: readonly Exercise[], id: string): Exercise | null {
  return all.find((one) => one.id === id || one.aliases.includes(id)) ?? null;
}

/** The side from which an exercise is best seen, which is where its camera belongs. */
export function facing(exercise: Exercise): View {
  return exercise.camera === 'side' || exercise.camera === 'any' ? 'side' : 'front';
}

/** What needs nothing first, then by name. */
export function inOrder(all: readonly Exercise[]): Exercise[] {
  const needs = (one: Exercise): number => (needsNothing(one) ? 0 : 1);
  return [...all].sort((a, b) => needs(a) - needs(b) || a.name.localeCompare(b.name, language()));
}

/** A mat is nice to have. */
export function needsNothing(exercise: Exercise): boolean {
  return exercise.kit.every((one) => one === 'mat');
}

/** The address of a figure drawn at build time. A still one shows the turning point. */
export function figure(id: string, view: View, dark: boolean, moving: boolean): string {
  return `/catalog/figures/${id}.${view}.${dark ? 'dark' : 'light'}.${moving ? 'moving' : 'still'}.svg`;
}

/** What each missed criterion says, by its id. */
export function reasonsOf(exercise: Exercise | null): Map<string, string> {
  const { strict, default: usual } = exercise?.standards ?? { strict: null, default: null };
  const criteria = [...(strict?.criteria ?? []), ...(usual?.criteria ?? [])];
  return new Map(criteria.map(({ id, text }) => [id, text]));
}
