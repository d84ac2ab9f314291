// How somebody gets on: asked for here. What they say of themselves goes through the outbox.
import type { Exposures, Progress, WeeklyReview } from '$lib/wire/progress';
import { change } from './http';
import { getKept, type Kept } from './kept';

export function progress(): Promise<Kept<Progress>> {
  return getKept<Progress>('/progress/summary');
}

/** The week that a day lies in. */
export function weeklyReview(date: string): Promise<Kept<WeeklyReview>> {
  return getKept<WeeklyReview>(`/review/weekly?date=${date}`);
}

/** An easier week from today on. */
export async function startDeload(): Promise<void> {
  await change('/deload', { method: 'POST' });
}

/** No suggestion for the next weeks. */
export async function declineDeload(): Promise<void> {
  await change('/deload/decline', { method: 'POST' });
}

export async function endDeload(): Promise<void> {
  await change('/deload', { method: 'DELETE' });
}

/** What was done of an exercise, newest first. */
export function exposures(exercise: string, limit: number): Promise<Kept<Exposures>> {
  const id = encodeURIComponent(exercise);
  return getKept<Exposures>(`/exercises/${id}/history?limit=${limit}`);
}
