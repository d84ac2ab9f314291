// The welcome's answers: what is asked next, what survives a reload, what is sent.
//
// Health answers (limits, red flags, body) live in memory only until the person agrees that they are kept.
import type {
  Body,
  Goal,
  Kit,
  Level,
  Limit,
  Profile,
  RedFlag,
  UserGoal,
  Weekday,
} from '$lib/wire/plans';
import { MOST_DAYS, PRESET_KIT, YOUNGEST } from './choices';

export const STEPS = [
  'goal',
  'level',
  'days',
  'minutes',
  'kit',
  'consent',
  'limits',
  'check',
  'body',
  'make',
] as const;
export type Step = (typeof STEPS)[number];

const KEY = 'spotter.welcome';

/** What may be written down without asking. */
interface Plain {
  goal: Goal | null;
  level: Level | null;
  weekdays: Weekday[];
  minutes: number | null;
  kit: Kit[];
  avoid: string[];
}

/** What may not. */
interface Health {
  limits: Limit[];
  /** Empty and `checked`: none applies. */
  redFlags: RedFlag[];
  checked: boolean;
  body: Body;
}

const NO_BODY: Body = { height_cm: null, body_mass_kg: null, birth_year: null, sex: null };
const nothing = (): Plain & Health => ({
  goal: null,
  level: null,
  weekdays: ['mon', 'wed', 'fri'],
  minutes: null,
  kit: [],
  avoid: [],
  limits: [],
  redFlags: [],
  checked: false,
  body: { ...NO_BODY },
});

export class Answers {
  told = $state<Plain & Health>(nothing());
  /** Whether health answers may be kept; null before it was asked. */
  consent = $state<boolean | null>(null);
  #storage: Storage | null;

  /** Goes on where a reload interrupted, else from what was told in an earlier welcome. */
  constructor(storage: Storage | null, profile: Profile | null) {
    this.#storage = storage;
    const draft = this.#read();
    if (draft) {
      this.told = { ...nothing(), ...draft.told };
      this.consent = draft.consent;
    } else if (profile) {
      const { limits, body, red_flags, consent, ...plain } = profile;
      this.told = {
        ...nothing(),
        ...plain,
        limits,
        redFlags: red_flags,
        body: body ?? { ...NO_BODY },
      };
      this.consent = consent.health;
    }
  }

  /** The questions to ask, given what was answered. */
  get steps(): Step[] {
    return STEPS.filter((step) => this.consent !== false || (step !== 'limits' && step !== 'body'));
  }

  /** Whether a question has an answer with which one can go on. */
  answered(step: Step): boolean {
    const { told } = this;
    switch (step) {
      case 'goal':
        return told.goal !== null;
      case 'level':
        return told.level !== null;
      case 'days':
        return told.weekdays.length >= 1 && told.weekdays.length <= MOST_DAYS;
      case 'minutes':
        return told.minutes !== null;
      case 'kit':
        return told.kit.length > 0;
      case 'consent':
        return this.consent !== null;
      case 'check':
        return told.checked || told.redFlags.length > 0;
      case 'limits':
      case 'body':
      case 'make':
        return true;
    }
  }

  /** The step to show when `wanted` is asked for: none is skipped, and nobody gets past a red flag. */
  reach(wanted: string | null): Step {
    const open = this.steps.find(
      (step) => !this.answered(step) || (step === 'check' && this.stopped),
    );
    const last = open ?? 'make';
    const asked = this.steps.find((step) => step === wanted) ?? 'goal';
    return STEPS.indexOf(asked) <= STEPS.indexOf(last) ? asked : last;
  }

  /** The question after or before this one. */
  beside(step: Step, by: -1 | 1): Step | null {
    return this.steps[this.steps.indexOf(step) + by] ?? null;
  }

  /** Something was answered yes that a professional should look at first. */
  get stopped(): boolean {
    return this.told.redFlags.length > 0;
  }

  /** Agreeing keeps what follows; refusing forgets what was said. */
  agree(health: boolean): void {
    this.consent = health;
    if (!health) {
      const { limits, body } = nothing();
      Object.assign(this.told, { limits, body });
    }
    this.keep();
  }

  /** A year of birth says it, too. */
  checkAge(year: number): void {
    const { birth_year } = this.told.body;
    if (birth_year === null || year - birth_year >= YOUNGEST) return;
    if (!this.told.redFlags.includes('under_16')) this.told.redFlags.push('under_16');
    this.told.checked = false;
  }

  usePreset(preset: keyof typeof PRESET_KIT): void {
    this.told.kit = [...PRESET_KIT[preset]];
  }

  /** Writes down what may be written down, for a reload. */
  keep(): void {
    const { limits, redFlags, checked, body, ...plain } = $state.snapshot(this.told);
    const told = this.consent === true ? { ...plain, limits, redFlags, checked, body } : plain;
    try {
      this.#storage?.setItem(KEY, JSON.stringify({ told, consent: this.consent }));
    } catch {
      // A full or forbidden storage: the answers last as long as the page.
    }
  }

  /** Finished: nothing stays behind. */
  forget(): void {
    this.#storage?.removeItem(KEY);
  }

  /** What the server is told; null before the plain questions are answered. */
  get profile(): Profile | null {
    const { goal, level, weekdays, minutes, kit, avoid, limits, redFlags, body } = $state.snapshot(
      this.told,
    );
    if (goal === null || level === null || minutes === null) return null;
    const health = this.consent === true;
    const said = Object.values(body).some((part) => part !== null);
    return {
      goal,
      level,
      weekdays,
      minutes,
      kit,
      avoid,
      limits: health ? limits : [],
      body: health && said ? body : null,
      red_flags: health ? redFlags : [],
      consent: { health },
    };
  }

  #read(): { told: Partial<Plain & Health>; consent: boolean | null } | null {
    try {
      const text = this.#storage?.getItem(KEY);
      return text
        ? (JSON.parse(text) as { told: Partial<Plain & Health>; consent: boolean | null })
        : null;
    } catch {
      return null;
    }
  }
}

/** What a plan is asked for with. */
export function goalOf(profile: Profile, today: string): UserGoal {
  const { goal, level, weekdays, minutes, kit, limits, avoid } = profile;
  return { goal, level, weekdays, minutes, kit, injuries: limits, avoid, start_on: today };
}
