// Sessions that are over: listed by page, opened. They are corrected through the outbox.
import type { Session, SessionPage } from '$lib/wire/sessions';
import { getKept, type Kept } from './kept';

/** Newest first; the next page is what is older than the last one's day. */
export function sessionsBefore(day: string | null, limit = 30): Promise<Kept<SessionPage>> {
  return getKept<SessionPage>(
    `/sessions?limit=${limit}${day === null ? '' : `&before=${encodeURIComponent(day)}`}`,
  );
}

export function pastSession(id: string): Promise<Kept<Session>> {
  return getKept<Session>(`/sessions/${encodeURIComponent(id)}`);
}

/** The sessions of a day, whole; those of them that are known where the server is away. */
export async function sessionsOn(day: string): Promise<Session[]> {
  const { sessions } = (await sessionsBefore(null)).value;
  const mine = sessions.filter(({ on }) => on === day);
  const told = await Promise.all(mine.map(({ id }) => pastSession(id).catch(() => null)));
  return told.flatMap((kept) => kept?.value ?? []);
}
