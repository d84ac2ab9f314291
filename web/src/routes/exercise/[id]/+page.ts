// One exercise, by id or another of its names, and where to go from it.
import { error } from '@sveltejs/kit';
import { demos, demoFor, type Demo } from '$lib/catalog/demos';
import { find, library, type LibraryEntry } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
  const all = await library().catch(() => error(503));
  const exercise = find(all, params.id);
  if (!exercise) error(404);
  const named = (ids: string[]): LibraryEntry[] =>
    ids.map((id) => find(all, id)).filter((one) => one !== null);
  const recordings = await demos().catch((): Demo[] => []);
  return {
    exercise,
    easier: named(exercise.regressions),
    harder: named(exercise.progressions),
    demo: exercise.camera_judged ? demoFor(recordings, exercise.id) : null,
  };
};
