// The review of a week: `?date=` is a day of it, today where nobody says.
import { answered } from '$lib/api/kept';
import { weeklyReview } from '$lib/api/progress';
import { dateOf, isDate, mondayOf } from '$lib/plan/dates';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ depends, url }) => {
  depends('spotter:review');
  const today = dateOf(new Date());
  const asked = url.searchParams.get('date') ?? today;
  const monday = mondayOf(isDate(asked) ? asked : today);
  return { today, monday, asked: answered(weeklyReview(monday)) };
};
