// Bars by week, as uPlot wants them.
import { dayAt } from './lines';
import type { Build } from './plot';

interface Bars {
  title: string;
  /** `YYYY-MM-DD`, one for each bar. */
  days: readonly string[];
  values: readonly (number | null)[];
  show: (value: number) => string;
}

export function drawBars({ title, days, values, show }: Bars): Build {
  return (UPlot, { color, font }) => {
    const axis = { stroke: color('muted'), font, ticks: { show: false } };
    const paths = UPlot.paths.bars?.({ size: [0.62, 44], radius: 0.2 });
    return {
      options: {
        padding: [8, 8, 0, 0],
        scales: {
          x: { time: false, range: (_, low, high) => [low - 0.6, high + 0.6] },
          y: { range: (_, _low, high) => [0, Math.max(1, high * 1.08)] },
        },
        axes: [
          {
            ...axis,
            size: 28,
            space: 64,
            grid: { show: false },
            incrs: [1, 2, 3, 4, 6, 12],
            values: (_, ticks) => ticks.map((tick) => dayAt(days, tick)),
          },
          {
            ...axis,
            size: 74,
            grid: { stroke: color('line'), width: 1 },
            values: (_, ticks) => ticks.map(show),
          },
        ],
        series: [
          {},
          {
            label: title,
            fill: color('accent'),
            width: 0,
            points: { show: false },
            ...(paths ? { paths } : {}),
          },
        ],
      },
      data: [days.map((_, at) => at), [...values]],
    };
  };
}
