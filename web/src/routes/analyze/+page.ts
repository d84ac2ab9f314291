// Recorded videos: the exercises to choose from.
import { exercises, type Exercise } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url }) => ({
  exercises: await exercises().catch((): Exercise[] => []),
  exercise: url.searchParams.get('exercise') ?? 'auto',
});
