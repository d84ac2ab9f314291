// The days of a year as a grid: weeks across, Monday at the top.
import { daysBetween, mondayOf, plusDays } from '$lib/plan/dates';
import type { CalendarDay } from '$lib/wire/progress';

export interface YearDay {
  on: string;
  told: CalendarDay | null;
  /** How much was done, 0 to 4: what is drawn. */
  level: 0 | 1 | 2 | 3 | 4;
}

/** So many weeks up to the one that today is in; of that one only the days that have come. */
export function year(told: readonly CalendarDay[], today: string, n_weeks = 53): YearDay[][] {
  const first = plusDays(mondayOf(today), -7 * (n_weeks - 1));
  const by_day = new Map(told.map((day) => [day.on, day]));
  const most = Math.max(1, ...told.map(({ n_sets }) => n_sets));
  return Array.from({ length: n_weeks }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => plusDays(first, 7 * week + weekday))
      .filter((on) => daysBetween(on, today) >= 0)
      .map((on): YearDay => {
        const day = by_day.get(on) ?? null;
        return { on, told: day, level: day ? levelOf(day.n_sets / most) : 0 };
      }),
  );
}

function levelOf(share: number): YearDay['level'] {
  if (share > 0.75) return 4;
  if (share > 0.5) return 3;
  return share > 0.25 ? 2 : 1;
}
