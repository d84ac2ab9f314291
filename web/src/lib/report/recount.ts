// Why a report may have another number than the screen had. Live, a repetition is told from what came before it; the report
// looks again with the whole set known, and a movement that stopped half-way back shows only then.
import type { SetRecord } from '$lib/history/record';

export interface Recount {
  live: number;
  whole: number;
  /** `incomplete`: only the last one is gone, and nothing of it is left. Otherwise there is no one reason. */
  why: 'incomplete' | 'hindsight';
}

/** Nothing where both agree, or where there was no live count. */
export function recount({ live, analysis }: SetRecord): Recount | null {
  if (!live || analysis.hold_ms !== null || live.reps === analysis.reps) return null;
  const counted = live.cycles.filter((cycle) => cycle.counted);
  const last = counted.pop();
  const overlaps = (a: { start_ms: number; end_ms: number }, b: typeof a): boolean =>
    a.start_ms < b.end_ms && b.start_ms < a.end_ms;
  const whole = analysis.rep_list.filter((rep) => rep.counted);
  const incomplete =
    last !== undefined &&
    live.reps === counted.length + 1 &&
    whole.length === counted.length &&
    counted.every((cycle, k) => whole.slice(k, k + 1).some((rep) => overlaps(cycle, rep))) &&
    !analysis.rep_list.some((rep) => overlaps(last, rep));
  return { live: live.reps, whole: analysis.reps, why: incomplete ? 'incomplete' : 'hindsight' };
}
