// How long the last frames took, stage by stage: for the developer panel and the latency test.
import type { StageTimings } from '$lib/engine/types';

const KEPT = 240;
/**
 * Recorded sets are counted in full at five frames a second and more, unevenly spaced; at four the first repetitions get lost
 * (docs/browser-engine.md).
 */
export const LEAST_FPS = 5;
/** So many intervals in a row are looked at, so that neither a pause nor a slow start is mistaken for a slow device. */
const N_INTERVALS = 20;

export interface TimingRow {
  stage: 'capture' | 'preprocess' | 'detect' | 'landmarks' | 'engine' | 'total';
  n: number;
  median_ms: number;
  p95_ms: number;
}

/** The value below which a share of the sorted values lies (nearest rank). */
export function quantile(sorted: readonly number[], share: number): number {
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  return sorted[rank - 1] ?? 0;
}

export class Timings {
  #frames: StageTimings[] = [];
  #times: number[] = [];
  dropped = 0;

  add(timings: StageTimings, now_ms: number): void {
    this.#frames.push(timings);
    this.#times.push(now_ms);
    this.dropped += timings.dropped;
    if (this.#frames.length > KEPT) {
      this.#frames.shift();
      this.#times.shift();
    }
  }

  get fps(): number {
    const first = this.#times[0];
    const last = this.#times.at(-1);
    if (first === undefined || last === undefined || last <= first) return 0;
    return ((this.#times.length - 1) * 1000) / (last - first);
  }

  /** Whether frames come too seldom to count by. */
  get tooSlow(): boolean {
    const times = this.#times.slice(-N_INTERVALS - 1);
    if (times.length <= N_INTERVALS) return false;
    const intervals = times.slice(1).map((time, k) => time - (times[k] ?? time));
    return (
      quantile(
        intervals.sort((a, b) => a - b),
        0.5,
      ) >
      1000 / LEAST_FPS
    );
  }

  rows(): TimingRow[] {
    const stages = [
      ['capture', (t: StageTimings) => t.capture_ms],
      ['preprocess', (t: StageTimings) => t.preprocess_ms],
      ['detect', (t: StageTimings) => t.detect_ms],
      ['landmarks', (t: StageTimings) => t.landmarks_ms],
      ['engine', (t: StageTimings) => t.engine_ms],
      ['total', (t: StageTimings) => t.total_ms],
    ] as const;
    return stages.map(([stage, of]) => {
      const values = this.#frames
        .map(of)
        .filter((ms): ms is number => ms !== null)
        .sort((a, b) => a - b);
      return {
        stage,
        n: values.length,
        median_ms: quantile(values, 0.5),
        p95_ms: quantile(values, 0.95),
      };
    });
  }
}
