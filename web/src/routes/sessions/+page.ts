// Sessions that were done, the newest of them.
import { asApiError } from '$lib/api/http';
import { sessionsBefore } from '$lib/api/past-sessions';
import { library, type LibraryEntry } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:sessions');
  const exercises = await library().catch((): LibraryEntry[] => []);
  try {
    return { exercises, kept: await sessionsBefore(null), trouble: null };
  } catch (error) {
    return { exercises, kept: null, trouble: asApiError(error) };
  }
};
