// Today: what the plan says, the exercises, and the last sets done on this device. `?exercise=…&autostart=1` goes straight to the
// live screen.
import { redirect } from '@sveltejs/kit';
import { library } from '$lib/catalog/exercises';
import type { SetRecord } from '$lib/history/record';
import { history } from '$lib/history/store';
import { dateOf } from '$lib/plan/dates';
import { coming } from '$lib/today/coming';
import { setsOn } from '$lib/today/done';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  if (url.searchParams.has('exercise') || url.searchParams.has('autostart'))
    redirect(307, `/live${url.search}`);
  depends('spotter:today');
  const today = dateOf(new Date());
  const [all, records, told] = await Promise.all([
    library().catch(() => null),
    history.all().catch((): SetRecord[] => []),
    coming(today),
  ]);
  return {
    today,
    exercises: all,
    recent: records.slice(0, 4),
    done: setsOn(today, records),
    coming: told,
  };
};
