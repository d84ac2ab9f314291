// What the questions of the welcome offer. Names are the planner's; words are in the language files.
import type { Goal, Kit, Level, Limit, RedFlag } from '$lib/wire/plans';

/** Each goal with an exercise that shows what it is about. */
export const GOALS = [
  { goal: 'lose_weight', figure: 'jumping_jack' },
  { goal: 'gain_mass', figure: 'bicep_curl' },
  { goal: 'back_strength', figure: 'superman' },
  { goal: 'neck_strength', figure: 'chin_tuck' },
] as const satisfies { goal: Goal; figure: string }[];

export const LEVELS = ['beginner', 'intermediate', 'advanced'] as const satisfies Level[];

export const MINUTES = [20, 30, 45, 60, 90] as const;

export const MOST_DAYS = 6;

export const KIT = [
  'mat',
  'wall',
  'chair',
  'box',
  'band',
  'jump_rope',
  'dumbbells',
  'kettlebell',
  'pull_up_bar',
  'bench',
  'barbell',
  'plates',
  'rack',
  'dip_bars',
  'cable',
  'lat_pulldown',
  'leg_press',
  'leg_curl',
  'leg_extension',
  'back_extension',
] as const satisfies Kit[];

const NOTHING: readonly Kit[] = ['mat', 'wall', 'chair'];
export const PRESETS = ['nothing', 'home', 'gym'] as const;
export type Preset = (typeof PRESETS)[number];
export const PRESET_KIT: Record<Preset, readonly Kit[]> = {
  nothing: NOTHING,
  home: [...NOTHING, 'band', 'dumbbells'],
  gym: KIT,
};

/** The preset that is exactly this kit. */
export function presetOf(kit: readonly Kit[]): Preset | null {
  const same = (preset: Preset): boolean =>
    PRESET_KIT[preset].length === kit.length &&
    PRESET_KIT[preset].every((one) => kit.includes(one));
  return PRESETS.find(same) ?? null;
}

/** Pregnancy is asked among the red flags, before any plan. */
export const LIMITS = [
  'neck_pain',
  'shoulder_pain',
  'elbow_pain',
  'wrist_pain',
  'upper_back_pain',
  'low_back_pain',
  'hip_pain',
  'knee_pain',
  'ankle_pain',
  'hypertension_uncontrolled',
  'osteoporosis',
  'pelvic_floor',
  'vertigo',
] as const satisfies Limit[];

export const RED_FLAGS = [
  'chest_pain',
  'fainting',
  'heart_condition',
  'recent_surgery',
  'pregnancy',
  'told_not_to',
  'under_16',
] as const satisfies RedFlag[];

/** Gentle ones for whoever answered yes but lets nothing be kept; with consent the server says which. */
export const LIGHT = ['breathing', 'march_in_place', 'ankle_rock', 'arm_circles'] as const;

export const YOUNGEST = 16;
