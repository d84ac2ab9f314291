// Plans and what somebody told us, with the names that Rust tells as plain strings written out.
//
// The fields come from the server's OpenAPI document (`schema.ts`); only closed sets of names are narrowed here.
import type * as schema from './schema';
import type { Told, With } from './told';

export type { Day, PlanEdit } from './schema';

export type Goal = 'lose_weight' | 'back_strength' | 'neck_strength' | 'gain_mass';
export type Level = 'beginner' | 'intermediate' | 'advanced';
export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';

export type Kit =
  | 'mat'
  | 'wall'
  | 'chair'
  | 'box'
  | 'band'
  | 'dumbbells'
  | 'kettlebell'
  | 'barbell'
  | 'plates'
  | 'rack'
  | 'bench'
  | 'pull_up_bar'
  | 'dip_bars'
  | 'cable'
  | 'lat_pulldown'
  | 'leg_press'
  | 'leg_curl'
  | 'leg_extension'
  | 'back_extension'
  | 'jump_rope';

export type Limit =
  | 'neck_pain'
  | 'shoulder_pain'
  | 'elbow_pain'
  | 'wrist_pain'
  | 'upper_back_pain'
  | 'low_back_pain'
  | 'hip_pain'
  | 'knee_pain'
  | 'ankle_pain'
  | 'hypertension_uncontrolled'
  | 'osteoporosis'
  | 'pelvic_floor'
  | 'pregnancy_late'
  | 'vertigo';

export type RedFlag =
  | 'chest_pain'
  | 'fainting'
  | 'heart_condition'
  | 'recent_surgery'
  | 'pregnancy'
  | 'under_16'
  | 'told_not_to';

type Kind = 'build' | 'deload';

export type Body = With<Told<schema.BodyMeasures>, { sex: 'female' | 'male' | null }>;

/** What somebody told us. Limits, body and red flags are health data: only where `consent.health`. */
export type Profile = With<
  Told<schema.Profile>,
  {
    goal: Goal;
    level: Level;
    weekdays: Weekday[];
    kit: Kit[];
    limits: Limit[];
    body: Body | null;
    red_flags: RedFlag[];
  }
>;

export type State = With<Told<schema.State>, { profile: Profile | null }>;

export type UserGoal = schema.UserGoal;

export type PlannedExercise = With<
  Told<schema.PlannedExercise>,
  { role: 'warm_up' | 'work' | 'cool_down' }
>;

/** What is done on each day, in its order. */
export type Schedule = Partial<Record<schema.Day, PlannedExercise[]>>;

export type PlannedWeek = With<schema.PlannedWeek, { kind: Kind; schedule: Schedule }>;

export type WorkoutPlan = With<
  Told<schema.WorkoutPlan>,
  {
    goal: With<Told<schema.AskedGoal>, { goal: Goal; level: Level }>;
    schedule: Schedule;
    weeks: PlannedWeek[];
  }
>;

/** A day of a week that has a workout. */
export type PlannedDay = With<
  Told<schema.PlannedDay>,
  { day: schema.Day; exercises: PlannedExercise[] }
>;

export type WeeklyPlan = With<
  Told<schema.WeeklyPlan>,
  { goal: Goal; kind: Kind | null; days: PlannedDay[] }
>;

export type Swap = With<Told<schema.Swap>, { needs: Kit[] }>;
