// One session, with the strength that its sets stand for where that is known.
import { asApiError } from '$lib/api/http';
import { pastSession } from '$lib/api/past-sessions';
import { progress } from '$lib/api/progress';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import type { ExerciseProgress } from '$lib/wire/progress';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends, params }) => {
  depends('spotter:session');
  const courses = progress().then(
    (kept) => kept.value.exercises,
    (): ExerciseProgress[] => [],
  );
  const exercises = await libraryAndOwn().catch((): LibraryEntry[] => []);
  try {
    const kept = await pastSession(params.id);
    return { id: params.id, exercises, kept, courses: await courses, trouble: null };
  } catch (error) {
    return { id: params.id, exercises, kept: null, courses: [], trouble: asApiError(error) };
  }
};
