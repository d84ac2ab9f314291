// Plans: made, looked at, changed.
import type { Day, PlanEdit, Swap, UserGoal, WeeklyPlan, WorkoutPlan } from '$lib/wire/plans';
import { address, change, getJson } from './http';
import { getKept, keepAnswer, type Kept } from './kept';

const pathOf = (id: string): string => `/plans/${encodeURIComponent(id)}`;

export function plan(id: string): Promise<Kept<WorkoutPlan>> {
  return getKept<WorkoutPlan>(pathOf(id));
}

/** The week that the device's own date is in. */
export function weeklyPlan(date: string): Promise<Kept<WeeklyPlan>> {
  return getKept<WeeklyPlan>(`/weekly-plan?date=${date}`);
}

/** A language model gets longer to think than a planner. */
const MODEL_PATIENCE_MS = 60_000;

/** Makes a plan and puts it in force. */
export async function makePlan(goal: UserGoal): Promise<WorkoutPlan> {
  const patience = goal.model ? { patienceMs: MODEL_PATIENCE_MS } : {};
  const response = await change('/plans', { method: 'POST', body: goal, ...patience });
  const text = await response.clone().text();
  const { id } = JSON.parse(text) as WorkoutPlan;
  return (await keepAnswer<WorkoutPlan>(pathOf(id), response)).value;
}

export async function editPlan(id: string, edit: PlanEdit): Promise<Kept<WorkoutPlan>> {
  const response = await change(`${pathOf(id)}/edits`, { method: 'POST', body: edit });
  return keepAnswer<WorkoutPlan>(pathOf(id), response);
}

/** What could stand in for an exercise, best first. */
export function swaps(id: string, day: Day, exercise: string): Promise<Swap[]> {
  return getJson<Swap[]>(`${pathOf(id)}/swaps?day=${day}&exercise=${encodeURIComponent(exercise)}`);
}

/** The address of the plan as a file. */
export function planFile(id: string, kind: 'md' | 'ics'): string {
  return address(`${pathOf(id)}/plan.${kind}`);
}
