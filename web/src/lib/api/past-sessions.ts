// Sessions that are over: listed by page, opened, corrected, taken out.
import type { PerformedSet, Session, SessionChange, SessionPage } from '$lib/wire/sessions';
import { change } from './http';
import { getKept, keepAnswer, type Kept } from './kept';

const pathOf = (id: string): string => `/sessions/${encodeURIComponent(id)}`;
const setPath = (session: string, set: string): string =>
  `${pathOf(session)}/sets/${encodeURIComponent(set)}`;

/** Newest first; the next page is what is older than the last one's day. */
export function sessionsBefore(day: string | null, limit = 30): Promise<Kept<SessionPage>> {
  return getKept<SessionPage>(
    `/sessions?limit=${limit}${day === null ? '' : `&before=${encodeURIComponent(day)}`}`,
  );
}

export function pastSession(id: string): Promise<Kept<Session>> {
  return getKept<Session>(pathOf(id));
}

export async function changeSession(id: string, what: SessionChange): Promise<Kept<Session>> {
  return keepAnswer(pathOf(id), await change(pathOf(id), { method: 'PATCH', body: what }));
}

export async function removeSession(id: string): Promise<void> {
  await change(pathOf(id), { method: 'DELETE' });
}

/** The whole of a set as it should be; one that was taken out comes back. */
export async function putSet(session: string, set: PerformedSet): Promise<Kept<Session>> {
  const response = await change(setPath(session, set.id), { method: 'PUT', body: set });
  return keepAnswer(pathOf(session), response);
}

export async function removeSet(session: string, set: string): Promise<Kept<Session>> {
  const response = await change(setPath(session, set), { method: 'DELETE' });
  return keepAnswer(pathOf(session), response);
}

/** Takes back what a session decided: the target is again what it was before. */
export async function takeBack(session: string, exercise: string): Promise<Kept<Session>> {
  const path = `${pathOf(session)}/decisions/${encodeURIComponent(exercise)}/reverse`;
  return keepAnswer(pathOf(session), await change(path, { method: 'POST' }));
}

/** The sessions of a day, whole; those of them that are known where the server is away. */
export async function sessionsOn(day: string): Promise<Session[]> {
  const { sessions } = (await sessionsBefore(null)).value;
  const mine = sessions.filter(({ on }) => on === day);
  const told = await Promise.all(mine.map(({ id }) => pastSession(id).catch(() => null)));
  return told.flatMap((kept) => kept?.value ?? []);
}
