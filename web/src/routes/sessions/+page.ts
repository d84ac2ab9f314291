// Sessions that were done, the newest of them.
import { asApiError } from '$lib/api/http';
import { sessionsBefore } from '$lib/api/past-sessions';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:sessions');
  const exercises = await libraryAndOwn().catch((): LibraryEntry[] => []);
  try {
    return { exercises, kept: await sessionsBefore(null), trouble: null };
  } catch (error) {
    return { exercises, kept: null, trouble: asApiError(error) };
  }
};
