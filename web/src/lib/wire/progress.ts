// How somebody gets on, as the server tells it. Written by hand until `schema.ts` has it; names and fields are the same.
import type { Decision, PerformedSet, SetTarget } from './sessions';

export type Confidence = 'low' | 'medium' | 'high';
export type Band = 'recover' | 'reduce' | 'normal' | 'push';
export type CheckInPart = 'sleep' | 'soreness' | 'stress' | 'motivation';
export type LoadState = 'calibrating' | 'low' | 'ok' | 'high' | 'spike' | 'returning';
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
export interface Figure {
  value: number | null;
  method: string | null;
  confidence: Confidence | null;
  /** Inputs that it rests on. */
  n: number;
  unknown: string | null;
}

/** Each 1 (bad) to 5 (good). */
export type CheckIn = { on: string } & Record<CheckInPart, number | null>;

export interface ReadinessPart {
  input: CheckInPart | 'load';
  value: number;
  usual: number;
  /** How much better than usual, in standard deviations. */
  z: number;
  /** Whether the usual is the person's own. */
  own: boolean;
}

export interface Readiness {
  /** 0 to 100; 70 is a day like any other. */
  score: Figure;
  band: Band | null;
  parts: ReadinessPart[];
}

export interface LoadDay {
  on: string;
  load: number;
  /** Running average of about 7 days. */
  acute: number;
  /** Of about 28 days. */
  chronic: number;
}

export interface Load {
  state: LoadState | null;
  says: string | null;
  acute: Figure;
  usual: number | null;
  days: LoadDay[];
}

export interface Deload {
  verdict: Verdict;
  signs: string[];
  rules: string[];
  until: string | null;
  days: number;
  sets_percent: number;
  load_percent: number;
  more_rir: number;
}

export interface MuscleFigure {
  muscle: string;
  figure: Figure;
  planned: number | null;
}

export interface Week {
  monday: string;
  n_sessions: number;
  n_sets: number;
  volume_load_kg: Figure;
  muscles: MuscleFigure[];
}

export interface CoursePoint {
  on: string;
  session_id: string;
  value: number;
  confidence: Confidence;
}

export interface Trend {
  /** Change per session, with its 90 % interval. */
  slope: number;
  slope_low: number;
  slope_high: number;
  direction: 'rising' | 'falling' | 'unclear';
  confidence: Confidence;
  /** Sessions that it rests on: the last ones. */
  n: number;
}

export interface Course {
  points: CoursePoint[];
  trend: Trend | null;
}

export interface ExerciseProgress {
  exercise_id: string;
  exercise_name: string;
  strength: Course;
  volume: Course;
  volume_unit: 'kilograms' | 'reps' | 'secs';
  technique: Course;
}

export interface PersonalRecord {
  exercise_id: string;
  exercise_name: string;
  kind: RecordKind;
  /** Kilograms, repetitions or seconds. */
  value: number;
  reps: number;
  on: string;
  session_id: string;
  /** The best until then; null the first time. */
  beat: number | null;
}

export interface CalendarDay {
  on: string;
  session_ids: string[];
  n_sets: number;
  load: number | null;
}

export interface Progress {
  today: string;
  n_sessions: number;
  weeks_in_a_row: number;
  readiness: Readiness;
  check_in: CheckIn | null;
  load: Load;
  deload: Deload;
  freshness: MuscleFigure[];
  weeks: Week[];
  exercises: ExerciseProgress[];
  records: PersonalRecord[];
  calendar: CalendarDay[];
}

export interface Finding {
  rule: string;
  says: string;
}

export interface WeeklyReview {
  monday: string;
  n_done: number;
  n_planned: number | null;
  eased: boolean;
  n_sets: number;
  volume_load_kg: Figure;
  load: Figure;
  monotony: Figure;
  strain: Figure;
  load_says: string | null;
  muscles: MuscleFigure[];
  records: PersonalRecord[];
  findings: Finding[];
  changes: Decision[];
}

/** What was done of an exercise before, newest first. */
export interface Exposures {
  exercise_id: string;
  exposures: { session_id: string; on: string; sets: PerformedSet[] }[];
  target: (SetTarget & { sets: number }) | null;
}

/** A session in a list. */
export interface ListedSession {
  id: string;
  on: string;
  started_at_ms: number;
  ended_at_ms: number | null;
  title: string;
  origin: 'logged' | 'imported';
  deload: boolean;
  exercises: string[];
  minutes: number | null;
  n_sets: number;
  volume_load_kg: number;
}

export interface SessionPage {
  sessions: ListedSession[];
  /** Whether there are older ones. */
  more: boolean;
}
