// The plan in force, as the server tells it now or told it last. `?date=` opens the week that it is in.
import { ApiError, asApiError } from '$lib/api/http';
import { plan } from '$lib/api/plans';
import { state } from '$lib/api/state';
import { library, type LibraryEntry } from '$lib/catalog/exercises';
import { dateOf } from '$lib/plan/dates';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends, url }) => {
  depends('spotter:plan');
  const all = await library().catch((): LibraryEntry[] => []);
  const today = dateOf(new Date());
  const shared = {
    exercises: all,
    today,
    date: url.searchParams.get('date') ?? today,
    isNew: url.searchParams.has('new'),
  };
  try {
    const known = await state();
    const { plan: current, light_only: lightOnly } = known.value;
    if (current === null) return { ...shared, kept: null, trouble: null, lightOnly };
    return { ...shared, kept: await plan(current.id), trouble: null, lightOnly };
  } catch (error) {
    const trouble: ApiError = asApiError(error);
    return { ...shared, kept: null, trouble, lightOnly: false };
  }
};
