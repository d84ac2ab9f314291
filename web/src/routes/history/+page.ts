// Every set kept on this device.
import { exercises, type Exercise } from '$lib/catalog/exercises';
import { history } from '$lib/history/store';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:sets');
  const [records, all] = await Promise.all([
    history.all().catch(() => null),
    exercises().catch((): Exercise[] => []),
  ]);
  return { records, exercises: all };
};
