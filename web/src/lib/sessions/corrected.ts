// Sessions that are over, as they are once every correction that waits on this device has arrived. Pure.
import { fold, tally, type Write } from '$lib/log/fold';
import type { OutboxRequest } from '$lib/outbox/request';
import type { Session, SessionChange, SessionInShort } from '$lib/wire/sessions';

/** Counted here, for as long as the server has not. */
export function corrected(told: Session | null, writes: readonly Write[]): Session | null {
  const session = fold(told, writes);
  if (session === null || writes.length === 0) return session;
  const summary = { ...session.summary, ...tally(session), minutes: minutesOf(session) };
  return { ...session, summary };
}

/** As the person said, else by the clock, rounded up; none while it goes on. */
function minutesOf({ minutes, started_at_ms, ended_at_ms }: Session): number | null {
  if (minutes !== null || ended_at_ms === null) return minutes;
  return Math.ceil(Math.max(0, ended_at_ms - started_at_ms) / 60_000);
}

/** A list of the newest sessions with what waits: begun ones are in it, deleted ones are not. */
export function listed(
  told: readonly SessionInShort[],
  requests: readonly OutboxRequest[],
): SessionInShort[] {
  const byId = new Map<string, OutboxRequest[]>();
  for (const request of requests) {
    const [noun, id] = request.topic.split('/');
    if (noun === 'sessions' && id !== undefined) byId.set(id, [...(byId.get(id) ?? []), request]);
  }
  const known = told.flatMap((one) => shortly(one, byId.get(one.id) ?? []) ?? []);
  const begun = [...byId].flatMap(([id, writes]) =>
    told.some((one) => one.id === id) ? [] : (inShort(corrected(null, writes)) ?? []),
  );
  return [...known, ...begun].sort(
    (a, b) => b.on.localeCompare(a.on) || b.started_at_ms - a.started_at_ms,
  );
}

/** Sets are counted by the server, once they are there. */
function shortly(told: SessionInShort, writes: readonly Write[]): SessionInShort | null {
  let now = told;
  for (const { method, topic, body } of writes) {
    if (topic !== `sessions/${told.id}`) continue;
    if (method === 'DELETE') return null;
    if (method !== 'PATCH') continue;
    // What is left out stays; an end that is null lets it go on.
    const {
      title = now.title,
      minutes = now.minutes,
      ended_at_ms = now.ended_at_ms,
    } = body as SessionChange;
    now = { ...now, title, minutes, ended_at_ms };
  }
  return now;
}

function inShort(session: Session | null): SessionInShort | null {
  if (session === null) return null;
  const { id, on, started_at_ms, ended_at_ms, title, origin, deload, sets, summary } = session;
  const { minutes, n_sets, volume_load_kg } = summary;
  const exercises = [...new Set(sets.map((set) => set.exercise_id))];
  const told = { id, on, started_at_ms, ended_at_ms, title, origin, deload };
  return { ...told, exercises, minutes, n_sets, volume_load_kg };
}
