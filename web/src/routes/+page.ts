// Home: the exercises, and the last sets done on this device. `?exercise=…&autostart=1` goes straight to the live screen.
import { redirect } from '@sveltejs/kit';
import { demos, type Demo } from '$lib/catalog/demos';
import { exercises } from '$lib/catalog/exercises';
import type { SetRecord } from '$lib/history/record';
import { history } from '$lib/history/store';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url }) => {
  if (url.searchParams.has('exercise') || url.searchParams.has('autostart'))
    redirect(307, `/live${url.search}`);
  const [all, recordings, recent] = await Promise.all([
    exercises().catch(() => null),
    demos().catch((): Demo[] => []),
    history.all().catch((): SetRecord[] => []),
  ]);
  return { exercises: all, demos: recordings, recent: recent.slice(0, 4) };
};
