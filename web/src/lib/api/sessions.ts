// Sessions that were done: asked for here, written through the outbox.
import type { Loading, NextTargets, Session, SessionInShort } from '$lib/wire/sessions';
import { change, getJson } from './http';
import { getKept, keepAnswer } from './kept';
import { sessionsBefore } from './past-sessions';

const pathOf = (id: string): string => `/sessions/${encodeURIComponent(id)}`;

export function session(id: string): Promise<Session> {
  return getJson<Session>(pathOf(id));
}

/** The one that has begun and not ended, on whatever device. */
export async function runningSession(): Promise<Session | null> {
  return (await getJson<{ session: Session | null }>('/sessions/running')).session;
}

/** Newest first. */
export async function recentSessions(limit: number): Promise<SessionInShort[]> {
  return (await sessionsBefore(null, limit)).value.sessions;
}

/** What was done last of each exercise, and what comes next. */
export async function nextTargets(exercises: readonly string[]): Promise<NextTargets['targets']> {
  const list = [...new Set(exercises)].sort().map(encodeURIComponent).join(',');
  return list === ''
    ? {}
    : (await getKept<NextTargets>(`/next-targets?exercises=${list}`)).value.targets;
}

/** Takes a decision back: next time asks for the same as this time. */
export async function reverseDecision(id: string, exercise: string): Promise<Session> {
  const path = `${pathOf(id)}/decisions/${encodeURIComponent(exercise)}/reverse`;
  return (await (await change(path, { method: 'POST' })).json()) as Session;
}

export async function loading(): Promise<Loading> {
  return (await getKept<Loading>('/loading')).value;
}

export async function putLoading(chosen: Loading): Promise<Loading> {
  const response = await change('/loading', { method: 'PUT', body: chosen });
  return (await keepAnswer<Loading>('/loading', response)).value;
}
