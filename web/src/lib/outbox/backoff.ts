// How long to wait before the next try: twice as long each time, up to five minutes, never all devices at once.
const FIRST_MS = 1000;
const MOST_MS = 5 * 60_000;

/** `random` is from 0 to 1. Between half of the step and all of it. */
export function backoff(n_failed: number, random: number): number {
  const step = Math.min(MOST_MS, FIRST_MS * 2 ** Math.max(0, n_failed - 1));
  return Math.round(step * (0.5 + random / 2));
}
