// The end of the welcome: answers go to the server, a plan comes back.
import type { ApiError } from '$lib/api/http';
import { asApiError } from '$lib/api/http';
import { makePlan } from '$lib/api/plans';
import { putProfile } from '$lib/api/state';
import type { State } from '$lib/wire/plans';
import { goalOf, type Answers, type Step } from './answers.svelte';

/** The server's name for: no plan, see somebody first. */
const SEE_A_PROFESSIONAL = '#see-a-professional';

/** The question that a refused field belongs to. */
const STEP_OF: Record<string, Step> = {
  goal: 'goal',
  level: 'level',
  weekdays: 'days',
  days_per_week: 'days',
  minutes: 'minutes',
  kit: 'kit',
  injuries: 'limits',
  limits: 'limits',
  body: 'body',
  red_flags: 'check',
};

export class Making {
  phase = $state<'idle' | 'telling' | 'planning' | 'made'>('idle');
  error = $state.raw<ApiError | null>(null);
  /** Whether the server's language model may adapt the plan. */
  model = $state(false);

  get busy(): boolean {
    return this.phase === 'telling' || this.phase === 'planning';
  }

  /** Where the person can change what was refused. */
  get step(): Step | null {
    const field = this.error?.field?.split(/[.[]/)[0] ?? '';
    return STEP_OF[field] ?? null;
  }

  get seeProfessional(): boolean {
    return this.error?.type.endsWith(SEE_A_PROFESSIONAL) ?? false;
  }

  /** True once the plan is in force. */
  async run(answers: Answers, today: string): Promise<boolean> {
    const { profile } = answers;
    if (profile === null || this.busy) return false;
    this.error = null;
    try {
      this.phase = 'telling';
      await putProfile(profile);
      this.phase = 'planning';
      await makePlan({ ...goalOf(profile, today), model: this.model });
      this.phase = 'made';
      answers.forget();
      return true;
    } catch (error) {
      this.phase = 'idle';
      this.error = asApiError(error);
      return false;
    }
  }
}

/** Tells the server that there must be no plan, where that may be kept. Answers with what is light, if it says so. */
export async function stop(answers: Answers): Promise<State | null> {
  const { profile } = answers;
  if (profile === null || answers.consent !== true) return null;
  try {
    return await putProfile(profile);
  } catch (error) {
    asApiError(error);
    // Out of reach or signed out: the kind words are shown all the same, and no plan is made.
    return null;
  }
}
