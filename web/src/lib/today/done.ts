// Which sets of today's workout are done: those that are logged, and those that only the camera on this device saw.
import type { SetRecord } from '$lib/history/record';
import { fold } from '$lib/log/fold';
import type { OutboxRequest } from '$lib/outbox/request';
import { dateOf } from '$lib/plan/dates';
import type { PlannedExercise } from '$lib/wire/plans';
import type { PerformedSet, Session } from '$lib/wire/sessions';

/** Sets before the camera on a day, by exercise. Demos and videos are no training. */
export function seenOn(date: string, records: readonly SetRecord[]): Map<string, number> {
  const sets = new Map<string, number>();
  for (const { source, ended_at, analysis } of records)
    if (source === 'camera' && dateOf(new Date(ended_at)) === date)
      sets.set(analysis.exercise, (sets.get(analysis.exercise) ?? 0) + 1);
  return sets;
}

/** Logged sets of a day: as the server tells its sessions, with what waits here, and the one that runs here. */
export function loggedOn(
  date: string,
  told: readonly Session[],
  requests: readonly OutboxRequest[],
  running: Session | null,
): PerformedSet[] {
  const waiting = requests.flatMap(({ topic }) => /^sessions\/([^/]+)/.exec(topic)?.[1] ?? []);
  const ids = new Set([...told.map(({ id }) => id), ...waiting, ...(running ? [running.id] : [])]);
  const sessions = [...ids].map((id) => {
    if (running?.id === id) return running;
    const writes = requests.filter(({ topic }) => `${topic}/`.startsWith(`sessions/${id}/`));
    return fold(told.find((one) => one.id === id) ?? null, writes);
  });
  return sessions.flatMap((session) => (session?.on === date ? session.sets : []));
}

/** How many sets of each exercise of a workout are done. What the camera saw and was logged is one set. */
export function doneOf(
  exercises: readonly PlannedExercise[],
  logged: readonly PerformedSet[],
  seen: ReadonlyMap<string, number>,
): Map<string, number> {
  const done = new Map<string, number>();
  for (const { id, role } of exercises) {
    // A warm-up set of what is trained later is none of its sets.
    const counts = role === 'work' ? ['work', 'amrap'] : ['work', 'amrap', 'warm_up'];
    const mine = logged.filter((set) => set.exercise_id === id && counts.includes(set.kind));
    const both = count(mine.filter((set) => set.seen !== null));
    const n = count(mine) + Math.max(0, (seen.get(id) ?? 0) - both);
    done.set(id, Math.max(n, done.get(id) ?? 0));
  }
  return done;
}

/** Left and right are one set. */
function count(sets: readonly PerformedSet[]): number {
  const n = (side: PerformedSet['side']): number => sets.filter((set) => set.side === side).length;
  return n(null) + Math.min(n('left'), n('right'));
}

/** What to start with: the first exercise that the camera judges and that is not finished. */
export function firstOpen(
  exercises: readonly PlannedExercise[],
  done: ReadonlyMap<string, number>,
): PlannedExercise | null {
  return exercises.find((one) => one.camera_judged && (done.get(one.id) ?? 0) < one.sets) ?? null;
}
