// Bringing training along: the library to choose exercises from, those of one's own, and whether somebody is signed in to bring it to.
import { me } from '$lib/api/account';
import { asApiError } from '$lib/api/http';
import { ownExercises, type OwnExercise } from '$lib/api/own-exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:import');
  const [entries, own, trouble] = await Promise.all([
    libraryAndOwn().catch(() => []),
    ownExercises().catch((): OwnExercise[] => []),
    me().then(({ fresh }) => (fresh ? null : ('unreachable' as const)), asApiError),
  ]);
  return { library: entries, own, trouble };
};
