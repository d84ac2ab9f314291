// Lines over days or sessions, with bars behind them where a day stands for itself, as uPlot wants them.
import { shortDate } from '$lib/plan/dates';
import type { Build } from './plot';

export interface Line {
  name: string;
  values: readonly (number | null)[];
  /** A token's name. */
  color: string;
  dashed?: boolean;
  /** Dots, full or empty, instead of a line. */
  dots?: 'full' | 'empty';
  /** A bar from zero for each value, instead of a line. */
  bars?: boolean;
}

interface Lines {
  /** `YYYY-MM-DD`, one for each value, evenly spaced. */
  days: readonly string[];
  lines: readonly Line[];
  /** Two of the lines, by index, with the space between them filled. */
  band?: readonly [number, number] | undefined;
  show: (value: number) => string;
  /** The least that the vertical axis spans. */
  span: number;
}

export function drawLines({ days, lines, band, show, span }: Lines): Build {
  return (UPlot, { color, font }) => {
    const axis = {
      stroke: color('muted'),
      font,
      grid: { stroke: color('line'), width: 1 },
      ticks: { show: false },
    };
    const bars = UPlot.paths.bars?.({ size: [0.74, 22] });
    const fromZero = lines.some((line) => line.bars);
    const inBand = (at: number): boolean => band?.includes(at) ?? false;
    return {
      options: {
        padding: [8, 18, 0, 0],
        scales: {
          x: { time: false, range: (_, low, high) => [low - 0.5, high + 0.5] },
          y: {
            range: (_, low, high) =>
              fromZero ? [0, Math.max(1, high * 1.08)] : spread(low, high, span),
          },
        },
        axes: [
          {
            ...axis,
            size: 28,
            space: 72,
            incrs: [1, 2, 3, 5, 7, 14, 28, 56],
            values: (_, ticks) => ticks.map((tick) => dayAt(days, tick)),
          },
          { ...axis, size: 64, values: (_, ticks) => ticks.map(show) },
        ],
        ...(band
          ? { bands: [{ series: [band[0] + 1, band[1] + 1], fill: color('accent-soft') }] }
          : {}),
        series: [
          {},
          ...lines.map((line, at) => ({
            label: line.name,
            stroke: color(line.color),
            width: inBand(at) || line.dots || line.bars ? 0 : 2.5,
            ...(line.bars ? { fill: color(line.color) } : {}),
            ...(line.bars && bars ? { paths: bars } : {}),
            dash: line.dashed ? [7, 5] : [],
            points: {
              show: line.dots !== undefined,
              size: 9,
              width: 2,
              stroke: color(line.color),
              fill: color(line.dots === 'full' ? line.color : 'card'),
            },
          })),
        ],
      },
      data: [days.map((_, at) => at), ...lines.map((line) => [...line.values])],
    };
  };
}

export function dayAt(days: readonly string[], tick: number): string {
  const day = days[tick];
  return day === undefined ? '' : shortDate(day);
}

/** What was measured, with room, never less than `span`, and nothing below zero where nothing is. */
function spread(low: number | null, high: number | null, span: number): [number, number] {
  const [from, to] = [low ?? 0, high ?? 1];
  const more = Math.max(0, span - (to - from)) / 2 + (to - from) * 0.08;
  return [from >= 0 ? Math.max(0, from - more) : from - more, to + more];
}
