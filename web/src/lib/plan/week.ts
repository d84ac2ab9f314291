// A plan's weeks as screens lay them out: which day is whose, what comes next, how long it takes.
import { DAYS, dayOf, plusDays, weekIndexOn } from './dates';
import type {
  Day,
  PlannedDay,
  PlannedExercise,
  PlannedWeek,
  WeeklyPlan,
  WorkoutPlan,
} from '$lib/wire/plans';

/** The week to open first: the one that `date` is in, else the nearest. */
export function weekToShow(plan: WorkoutPlan, date: string): number {
  return Math.min(plan.weeks.length - 1, Math.max(0, weekIndexOn(plan.starts_on, date)));
}

export interface DayPlan {
  day: Day;
  /** 0 is Monday. */
  index: number;
  date: string;
  exercises: PlannedExercise[];
}

/** The days with a workout, in their order. */
export function workouts(plan: WorkoutPlan, weekIndex: number): DayPlan[] {
  const schedule = plan.weeks[weekIndex]?.schedule ?? {};
  const monday = plusDays(plan.starts_on, 7 * weekIndex);
  return DAYS.flatMap((day, index) => {
    const exercises = schedule[day];
    return exercises ? [{ day, index, date: plusDays(monday, index), exercises }] : [];
  });
}

/** The days on which nothing is planned. */
export function freeDays(week: PlannedWeek | undefined): Day[] {
  return DAYS.filter((day) => !week?.schedule[day]);
}

/** A number of minutes that a workout takes: into position, sets at their tempo, rests (the planner's own model of time). */
export function minutes(exercises: readonly PlannedExercise[]): number {
  const secs = exercises.reduce((sum, one) => {
    const repSecs = one.tempo
      .split('-')
      .map(Number)
      .reduce((all, part) => all + (Number.isFinite(part) ? part : 1), 0);
    const once = one.seconds ?? one.reps * Math.max(1, Math.ceil(repSecs));
    return sum + 30 + one.sets * (once * (one.per_side ? 2 : 1) + one.rest_sec);
  }, 0);
  return Math.ceil(secs / 60);
}

export const ROLES = ['warm_up', 'work', 'cool_down'] as const;

/** Exercises in groups of their role, as they come; no empty groups. */
export function byRole(
  exercises: readonly PlannedExercise[],
): { role: PlannedExercise['role']; exercises: PlannedExercise[] }[] {
  return ROLES.map((role) => ({
    role,
    exercises: exercises.filter((one) => one.role === role),
  })).filter((group) => group.exercises.length > 0);
}

/** What a day holds for somebody who opens the app. */
export type Now =
  | { kind: 'workout'; workout: PlannedDay }
  | { kind: 'rest'; next: PlannedDay | null }
  /** The block begins on a later day. */
  | { kind: 'before'; next: PlannedDay | null }
  | { kind: 'finished' };

/** `following` is the week after, where it is known. */
export function whatNow(week: WeeklyPlan, following: WeeklyPlan | null, date: string): Now {
  if (week.finished) return { kind: 'finished' };
  const days = [...week.days, ...(following?.finished ? [] : (following?.days ?? []))];
  const workout = week.days.find((day) => day.date === date);
  if (workout) return { kind: 'workout', workout };
  const next = days.find((day) => day.date > date) ?? null;
  if (week.week === null) return { kind: 'before', next };
  // The last week's last workout is done, and nothing follows.
  if (next === null && week.week === week.n_weeks) return { kind: 'finished' };
  return { kind: 'rest', next };
}

/** Whether the week after must be known to say what comes next. */
export function needsFollowing(week: WeeklyPlan, date: string): boolean {
  return !week.finished && !week.days.some((day) => day.date >= date);
}

/** The seven days of a week with what is planned on each. */
export function strip(week: WeeklyPlan): { date: string; day: Day; workout: PlannedDay | null }[] {
  return DAYS.map((_, index) => {
    const date = plusDays(week.starts_on, index);
    const workout = week.days.find((day) => day.date === date) ?? null;
    return { date, day: dayOf(date), workout };
  });
}

/** The name to put an exercise before, so that it moves by one; null: last of its kind; undefined: it cannot. */
export function moveBefore(
  exercises: readonly PlannedExercise[],
  id: string,
  by: -1 | 1,
): string | null | undefined {
  const role = exercises.find((one) => one.id === id)?.role;
  const alike = exercises.filter((one) => one.role === role);
  const at = alike.findIndex((one) => one.id === id);
  const other = alike[at + by];
  if (!other) return undefined;
  return by === -1 ? other.id : (alike[at + 2]?.id ?? null);
}
