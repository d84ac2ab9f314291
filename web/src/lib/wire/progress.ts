// How somebody gets on, with the names that Rust tells as plain strings written out.
import type * as schema from './schema';
import type { Decision, NextTarget, PerformedSet } from './sessions';
import type { Told, With } from './told';

export type Confidence = 'low' | 'medium' | 'high';
export type Band = 'recover' | 'reduce' | 'normal' | 'push';
export type CheckInPart = 'sleep' | 'soreness' | 'stress' | 'motivation';
export type Verdict = 'not_needed' | 'suggested' | 'cooling_down' | 'returning' | 'running';
export type RecordKind =
  | 'reps_1'
  | 'reps_2_3'
  | 'reps_4_6'
  | 'reps_7_10'
  | 'reps_11_15'
  | 'reps_16_up'
  | 'heaviest'
  | 'one_rep_max'
  | 'most_reps'
  | 'longest_hold';

/** A number with how far to trust it; null where it is unknown. */
export type Figure = With<Told<schema.Figure>, { confidence: Confidence | null }>;

/** Each 1 (bad) to 5 (good). */
export type CheckIn = Told<schema.NewCheckIn>;
export type ReadinessPart = With<Told<schema.ReadinessPart>, { input: CheckInPart | 'load' }>;
export type Readiness = With<
  Told<schema.ReadinessTold>,
  { score: Figure; band: Band | null; parts: ReadinessPart[] }
>;

export type LoadDay = Told<schema.LoadDay>;
export type Load = With<Told<schema.LoadTold>, { acute: Figure }>;
export type Deload = With<Told<schema.DeloadTold>, { verdict: Verdict }>;

export type MuscleFigure = With<Told<schema.MuscleFigure>, { figure: Figure }>;
export type Week = With<Told<schema.WeekTold>, { volume_load_kg: Figure; muscles: MuscleFigure[] }>;

export type CoursePoint = With<Told<schema.CoursePoint>, { confidence: Confidence }>;
export type Trend = With<
  Told<schema.TrendTold>,
  { direction: 'rising' | 'falling' | 'unclear'; confidence: Confidence }
>;
export interface Course {
  points: CoursePoint[];
  trend: Trend | null;
}
export type ExerciseProgress = With<
  Told<schema.ExerciseProgress>,
  {
    strength: Course;
    volume: Course;
    technique: Course;
    volume_unit: 'kilograms' | 'reps' | 'secs';
  }
>;

export type PersonalRecord = With<Told<schema.RecordTold>, { kind: RecordKind }>;
export type CalendarDay = Told<schema.CalendarDayTold>;

export type Progress = With<
  Told<schema.ProgressSummary>,
  {
    readiness: Readiness;
    load: Load;
    deload: Deload;
    freshness: MuscleFigure[];
    weeks: Week[];
    exercises: ExerciseProgress[];
    records: PersonalRecord[];
  }
>;

export type WeeklyReview = With<
  Told<schema.WeeklyReviewTold>,
  {
    volume_load_kg: Figure;
    load: Figure;
    monotony: Figure;
    strain: Figure;
    muscles: MuscleFigure[];
    records: PersonalRecord[];
    changes: Decision[];
  }
>;

/** What was done of an exercise before, newest first. */
export type Exposures = With<
  Told<schema.Exposures>,
  {
    exposures: With<Told<schema.Exposure>, { sets: PerformedSet[] }>[];
    target: NextTarget | null;
  }
>;
