// How one gets on, as the server tells it now or told it last.
import { learnAccount } from '$lib/api/account';
import { answered } from '$lib/api/kept';
import { progress } from '$lib/api/progress';
import { dateOf } from '$lib/plan/dates';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ depends }) => {
  depends('spotter:progress');
  void learnAccount();
  return { today: dateOf(new Date()), asked: answered(progress()) };
};
