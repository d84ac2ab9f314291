// Sessions that were done, the newest of them.
import { learnAccount } from '$lib/api/account';
import { answered } from '$lib/api/kept';
import { sessionsBefore } from '$lib/api/past-sessions';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ depends }) => {
  depends('spotter:sessions');
  void learnAccount();
  const exercises = libraryAndOwn().catch((): LibraryEntry[] => []);
  const asked = answered(sessionsBefore(null));
  return { asked: Promise.all([exercises, asked]).then(([all, answer]) => ({ all, answer })) };
};
