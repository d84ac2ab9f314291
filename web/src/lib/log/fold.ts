// The session as it is once everything that waits has arrived: what the server told last, and the writes after it.
import type { OutboxRequest } from '$lib/outbox/request';
import type { NewSession, PerformedSet, Session, SessionChange } from '$lib/wire/sessions';

export type Write = Pick<OutboxRequest, 'method' | 'topic' | 'body'>;

export function fold(base: Session | null, writes: readonly Write[]): Session | null {
  return writes.reduce(apply, base);
}

function apply(session: Session | null, { method, topic, body }: Write): Session | null {
  const [, , part, id] = topic.split('/');
  if (part === 'decisions') return session && withoutDecision(session, id);
  if (id !== undefined) {
    if (!session) return session;
    const others = session.sets.filter((set) => set.id !== id);
    return {
      ...session,
      sets: method === 'DELETE' ? others : inOrder([...others, body as PerformedSet]),
    };
  }
  if (method === 'DELETE') return null;
  if (method === 'PATCH') return session && { ...session, ...(body as SessionChange) };
  // What the server has told of it already is newer than how it began.
  return session ?? begun(body as NewSession);
}

function begun(session: NewSession): Session {
  return {
    ...session,
    ended_at_ms: null,
    origin: 'logged',
    srpe: null,
    minutes: null,
    note: null,
    sets: [],
    summary: { minutes: null, n_sets: 0, n_reps: 0, volume_load_kg: 0, decisions: [] },
  };
}

/** What a session decided for an exercise is taken back. */
function withoutDecision(session: Session, exercise: string | undefined): Session {
  const decisions = session.summary.decisions.map((one) =>
    one.exercise_id === exercise ? { ...one, reversed: true } : one,
  );
  return { ...session, summary: { ...session.summary, decisions } };
}

/** As the server keeps them: by place, then time, then id. */
function inOrder(sets: PerformedSet[]): PerformedSet[] {
  return sets.sort(
    (a, b) => a.place - b.place || a.done_at_ms - b.done_at_ms || (a.id < b.id ? -1 : 1),
  );
}

/** Sets by their id. */
export function setsById(session: Session | null): ReadonlyMap<string, PerformedSet> {
  return new Map(session?.sets.map((set) => [set.id, set]));
}

/** What the server does not have yet, by the id of the set; the session's own writes under the empty name. */
export function unsavedOf(
  requests: readonly OutboxRequest[],
): ReadonlyMap<string, 'waiting' | 'failed'> {
  return new Map(
    requests.map(({ topic, state }) => [
      topic.split('/')[3] ?? '',
      state === 'failed' ? ('failed' as const) : ('waiting' as const),
    ]),
  );
}

/** What was done, counted here for as long as the server has not. */
export function tally(session: Session): {
  n_sets: number;
  n_reps: number;
  volume_load_kg: number;
} {
  const work = session.sets.filter((set) => set.kind !== 'warm_up');
  return {
    n_sets: work.length,
    n_reps: work.reduce((sum, set) => sum + (set.reps ?? 0), 0),
    volume_load_kg: work.reduce(
      (sum, set) => sum + (set.reps ?? 0) * Math.max(0, set.load_kg ?? 0),
      0,
    ),
  };
}
