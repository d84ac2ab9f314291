// Today: what the plan says, the exercises, and the last sets done on this device. `?exercise=…&autostart=1` goes straight to the
// live screen.
import { redirect } from '@sveltejs/kit';
import { sessionsOn } from '$lib/api/past-sessions';
import { library } from '$lib/catalog/exercises';
import type { SetRecord } from '$lib/history/record';
import { history } from '$lib/history/store';
import { dateOf } from '$lib/plan/dates';
import { coming } from '$lib/today/coming';
import { seenOn } from '$lib/today/done';
import type { Session } from '$lib/wire/sessions';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, depends }) => {
  if (url.searchParams.has('exercise') || url.searchParams.has('autostart'))
    redirect(307, `/live${url.search}`);
  depends('spotter:today');
  const today = dateOf(new Date());
  const known = coming(today);
  const [all, records, told, sessions] = await Promise.all([
    library().catch(() => null),
    history.all().catch((): SetRecord[] => []),
    known,
    known.then(({ kind }) => (kind === 'plan' ? sessionsOn(today) : [])).catch((): Session[] => []),
  ]);
  return {
    today,
    exercises: all,
    recent: records.slice(0, 4),
    seen: seenOn(today, records),
    sessions,
    coming: told,
  };
};
