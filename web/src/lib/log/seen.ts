// What the camera saw of a set, as the log keeps it.
import type { Analysis } from '$lib/engine/types';
import type { SeenSet } from '$lib/wire/sessions';
import type { Row } from './sheet';

export interface SeenValues {
  seen: SeenSet;
  values: Pick<Row, 'reps' | 'seconds' | 'rir'>;
}

export function fromAnalysis(analysis: Analysis): SeenValues {
  const counted = analysis.rep_list.filter((rep) => rep.counted);
  const speeds = counted.map((rep) => rep.mean_concentric_speed).filter((speed) => speed > 0);
  const { effort, left, right } = analysis;
  const rir = effort ? Math.min(10, Math.max(0, Math.round(effort.reps_in_reserve * 2) / 2)) : null;
  const held = analysis.hold_ms === null ? null : Math.round(analysis.hold_ms / 1000);
  return {
    values: {
      // Where sides work alone, a set is one side.
      reps:
        held !== null
          ? null
          : left !== null && right !== null
            ? Math.max(left, right)
            : analysis.reps,
      seconds: held,
      rir,
    },
    seen: {
      attempts: analysis.attempts,
      technique: analysis.score === null ? null : round(analysis.score, 1),
      rom_deg: mean(
        counted.map((rep) => rep.rom_deg),
        1,
      ),
      rep_seconds: mean(
        counted.map((rep) => (rep.end_ms - rep.start_ms) / 1000),
        2,
      ),
      best_velocity_mps: speeds.length === 0 ? null : round(Math.max(...speeds), 3),
      velocity_loss: effort ? round(Math.min(1, Math.max(0, effort.velocity_loss)), 3) : null,
      rir,
    },
  };
}

function mean(values: readonly number[], n_decimals: number): number | null {
  if (values.length === 0) return null;
  return round(values.reduce((sum, value) => sum + value, 0) / values.length, n_decimals);
}

const round = (value: number, n_decimals: number): number =>
  Math.round(value * 10 ** n_decimals) / 10 ** n_decimals;
