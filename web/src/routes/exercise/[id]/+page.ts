// One exercise, by id or another of its names, and where to go from it.
import { error } from '@sveltejs/kit';
import { exposures } from '$lib/api/progress';
import { demos, demoFor, type Demo } from '$lib/catalog/demos';
import { find, type LibraryEntry } from '$lib/catalog/exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
  const all = await libraryAndOwn().catch(() => error(503));
  const exercise = find(all, params.id);
  if (!exercise) error(404);
  const named = (ids: string[]): LibraryEntry[] =>
    ids.map((id) => find(all, id)).filter((one) => one !== null);
  // Nobody is kept waiting for it: a visitor has none, and a server may be away.
  const history = exposures(exercise.id, 8).then(
    (kept) => kept.value,
    () => null,
  );
  const recordings = await demos().catch((): Demo[] => []);
  return {
    exercise,
    like: exercise.is_own && exercise.drawn_as !== null ? find(all, exercise.drawn_as) : null,
    history,
    easier: named(exercise.regressions),
    harder: named(exercise.progressions),
    demo: exercise.camera_judged ? demoFor(recordings, exercise.id) : null,
  };
};
