// Exercises of one's own, with the library that they are like and whether a model can draw them.
import { features } from '$lib/api/features';
import { asApiError } from '$lib/api/http';
import { ownExercises } from '$lib/api/own-exercises';
import { library } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:own');
  const [entries, { pictures }] = await Promise.all([library().catch(() => []), features()]);
  try {
    return { library: entries, pictures, own: await ownExercises(), trouble: null };
  } catch (error) {
    return { library: entries, pictures, own: null, trouble: asApiError(error) };
  }
};
