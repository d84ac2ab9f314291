// The review of a week: `?date=` is a day of it, today where nobody says.
import { asApiError } from '$lib/api/http';
import { weeklyReview } from '$lib/api/progress';
import { dateOf, isDate, mondayOf } from '$lib/plan/dates';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends, url }) => {
  depends('spotter:review');
  const today = dateOf(new Date());
  const asked = url.searchParams.get('date') ?? today;
  const date = isDate(asked) ? asked : today;
  const shared = { today, monday: mondayOf(date) };
  try {
    return { ...shared, kept: await weeklyReview(shared.monday), trouble: null };
  } catch (error) {
    return { ...shared, kept: null, trouble: asApiError(error) };
  }
};
