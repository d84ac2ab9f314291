// The live screen's parameters: `?exercise=ID`, `&autostart=1`, `&demo=RECORDING`, `&speed=N`.
import { demos, demoFor, type Demo } from '$lib/catalog/demos';
import { exercises, find, type Exercise } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url }) => {
  // Offline on a first visit there may be neither list; a set without them still works.
  const [all, recordings] = await Promise.all([
    exercises().catch((): Exercise[] => []),
    demos().catch((): Demo[] => []),
  ]);
  const wanted = url.searchParams.get('exercise') ?? 'squat';
  const demoId = url.searchParams.get('demo');
  const demo =
    demoId === null
      ? null
      : (recordings.find((one) => one.id === demoId) ??
        demoFor(recordings, wanted) ??
        recordings[0] ??
        null);
  const exercise =
    demo?.exercise ?? (wanted === 'auto' ? 'auto' : (find(all, wanted)?.id ?? 'auto'));
  return {
    exercises: all,
    demos: recordings,
    exercise,
    demo,
    autostart: url.searchParams.get('autostart') === '1',
    speed: Math.min(60, Math.max(0, Number(url.searchParams.get('speed') ?? 1) || 0)),
  };
};
