// One exercise, by id or another of its names.
import { error } from '@sveltejs/kit';
import { demos, demoFor, type Demo } from '$lib/catalog/demos';
import { exerciseById } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
  const exercise = await exerciseById(params.id).catch(() => error(503));
  if (!exercise) error(404);
  const recordings = await demos().catch((): Demo[] => []);
  return { exercise, demo: demoFor(recordings, exercise.id) };
};
