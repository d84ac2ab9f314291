// One session, with the strength that its sets stand for where that is known.
import { learnAccount } from '$lib/api/account';
import { answered } from '$lib/api/kept';
import { pastSession } from '$lib/api/past-sessions';
import { progress } from '$lib/api/progress';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import type { ExerciseProgress } from '$lib/wire/progress';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends, params }) => {
  depends('spotter:session');
  void learnAccount();
  const [answer, exercises, courses] = await Promise.all([
    answered(pastSession(params.id)),
    libraryAndOwn().catch((): LibraryEntry[] => []),
    progress().then(
      (kept) => kept.value.exercises,
      (): ExerciseProgress[] => [],
    ),
  ]);
  return { id: params.id, answer, exercises, courses };
};
