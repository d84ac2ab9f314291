// How one gets on, as the server tells it now or told it last.
import { asApiError } from '$lib/api/http';
import { progress } from '$lib/api/progress';
import { dateOf } from '$lib/plan/dates';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:progress');
  const today = dateOf(new Date());
  try {
    return { today, kept: await progress(), trouble: null };
  } catch (error) {
    return { today, kept: null, trouble: asApiError(error) };
  }
};
