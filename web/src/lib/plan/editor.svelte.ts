// Changes to a plan: one after the other, each answered by the server with the whole plan, each of which can be undone.
import { asApiError, type ApiError } from '$lib/api/http';
import type { Kept } from '$lib/api/kept';
import { editPlan, plan, swaps } from '$lib/api/plans';
import { createContext } from 'svelte';
import type { Day, PlanEdit, Swap, WorkoutPlan } from '$lib/wire/plans';

export class PlanEditor {
  kept = $state.raw<Kept<WorkoutPlan>>() as Kept<WorkoutPlan>;
  error = $state.raw<ApiError | null>(null);
  /** Whether the controls for changes are shown. */
  editing = $state(false);
  #under_way = $state(0);
  #last: Promise<unknown> = Promise.resolve();

  constructor(kept: Kept<WorkoutPlan>) {
    this.kept = kept;
  }

  get plan(): WorkoutPlan {
    return this.kept.value;
  }

  get busy(): boolean {
    return this.#under_way > 0;
  }

  /** What is old cannot be changed: the server may hold something else by now. */
  get changeable(): boolean {
    return this.kept.fresh;
  }

  /** True once it is done. A refusal stays in `error` until the next change. */
  apply(edit: PlanEdit): Promise<boolean> {
    this.#under_way += 1;
    const done = this.#last.then(async () => {
      this.error = null;
      try {
        this.kept = await editPlan(this.plan.id, edit);
        return true;
      } catch (error) {
        this.error = asApiError(error);
        return false;
      } finally {
        this.#under_way -= 1;
      }
    });
    this.#last = done.catch(() => {});
    return done;
  }

  undo(): Promise<boolean> {
    return this.apply({ op: 'undo' });
  }

  swaps(day: Day, exercise: string): Promise<Swap[]> {
    return swaps(this.plan.id, day, exercise);
  }

  /** Asks the server again. */
  async refresh(): Promise<void> {
    try {
      this.kept = await plan(this.plan.id);
      this.error = null;
    } catch (error) {
      this.error = asApiError(error);
    }
  }
}

export const [getEditor, setEditor] = createContext<PlanEditor>();
