// What the server says about today, for whoever is signed in: a plan's week, only light things, or nothing yet.
import { ApiError } from '$lib/api/http';
import type { Kept } from '$lib/api/kept';
import { weeklyPlan } from '$lib/api/plans';
import { state } from '$lib/api/state';
import { plusDays } from '$lib/plan/dates';
import { needsFollowing, whatNow, type Now } from '$lib/plan/week';
import type { WeeklyPlan } from '$lib/wire/plans';

export type Coming =
  /** No plan. Whether one can be made here, and whether it takes signing in. */
  | { kind: 'visitor'; canPlan: boolean; signedOut: boolean }
  | { kind: 'light'; light: string[] }
  | { kind: 'plan'; week: Kept<WeeklyPlan>; now: Now };

export async function coming(date: string): Promise<Coming> {
  try {
    const known = await state();
    if (known.value.light_only) return { kind: 'light', light: known.value.light };
    if (known.value.plan === null) return { kind: 'visitor', canPlan: true, signedOut: false };
    const week = await weeklyPlan(date);
    const following = needsFollowing(week.value, date)
      ? await weeklyPlan(plusDays(week.value.starts_on, 7)).then(
          (kept) => kept.value,
          () => null,
        )
      : null;
    return { kind: 'plan', week, now: whatNow(week.value, following, date) };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const signedOut = error.status === 401;
    return {
      kind: 'visitor',
      canPlan: signedOut || (error.status === 404 && error.kind === 'refused'),
      signedOut,
    };
  }
}
