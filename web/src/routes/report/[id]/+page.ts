// The report of one kept set.
import { error } from '@sveltejs/kit';
import { exerciseById } from '$lib/catalog/exercises';
import { history } from '$lib/history/store';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params }) => {
  const record = await history.get(params.id).catch(() => null);
  if (!record) error(404);
  return { record, exercise: await exerciseById(record.analysis.exercise).catch(() => null) };
};
