// Sessions that were done, as the server tells them. Written by hand until `schema.ts` has them; names and fields are the same.
import type { Limit } from './plans';

export type SetKind = 'warm_up' | 'work' | 'drop' | 'amrap';
export type GroupKind = 'superset' | 'circuit' | 'emom';
export type SetSide = 'left' | 'right';

/** Exercises that are done together; the number is the same for all of them. */
export interface Group {
  number: number;
  kind: GroupKind;
}

/** What a set asked for when it was begun. */
export interface SetTarget {
  reps_low: number | null;
  reps_high: number | null;
  seconds_low: number | null;
  seconds_high: number | null;
  rir: number | null;
  load_kg: number | null;
}

/** What the camera saw of a set. */
export interface SeenSet {
  attempts: number;
  technique: number | null;
  rom_deg: number | null;
  rep_seconds: number | null;
  best_velocity_mps: number | null;
  velocity_loss: number | null;
  rir: number | null;
}

export interface PerformedSet {
  id: string;
  exercise_id: string;
  /** The exercise's place in the session, from 0. */
  place: number;
  group: Group | null;
  kind: SetKind;
  side: SetSide | null;
  reps: number | null;
  /** Less than nothing is help, as on an assisted pull-up. */
  load_kg: number | null;
  seconds: number | null;
  meters: number | null;
  /** Repetitions left in reserve, 0 to 10 in halves. */
  rir: number | null;
  note: string | null;
  target: SetTarget | null;
  seen: SeenSet | null;
  done_at_ms: number;
}

export interface FromPlan {
  plan_id: string;
  /** From 1. */
  week: number;
  day: 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun';
}

export type DecisionKind =
  'advance' | 'add_reps' | 'hold' | 'reduce' | 'vary' | 'deload' | 'swap' | 'return_after_break';

/** A target, with how many sets of it. */
export interface NextTarget extends SetTarget {
  sets: number;
}

/** What follows for an exercise from what was done. */
export interface Decision {
  exercise_id: string;
  exercise_name: string;
  kind: DecisionKind;
  rule: string;
  next: NextTarget;
  why: string[];
  reversed: boolean;
}

export interface Summary {
  minutes: number | null;
  n_sets: number;
  n_reps: number;
  volume_load_kg: number;
  decisions: Decision[];
}

export interface Session {
  id: string;
  on: string;
  started_at_ms: number;
  ended_at_ms: number | null;
  title: string;
  origin: 'logged' | 'imported';
  from_plan: FromPlan | null;
  deload: boolean;
  /** How hard all of it was, CR10. */
  srpe: number | null;
  minutes: number | null;
  note: string | null;
  sets: PerformedSet[];
  summary: Summary;
}

export type SessionInShort = Omit<Session, 'sets' | 'summary'> & { summary?: Summary };

export interface SessionList {
  sessions: SessionInShort[];
}

export interface NewSession {
  id: string;
  on: string;
  started_at_ms: number;
  title: string;
  from_plan: FromPlan | null;
  deload: boolean;
}

/** What is said when a session ends, or later. */
export interface SessionChange {
  ended_at_ms?: number | null;
  title?: string;
  srpe?: number | null;
  minutes?: number | null;
  note?: string | null;
}

export interface NextTargets {
  targets: Record<
    string,
    { previous: PerformedSet[]; target: (SetTarget & { n_sets?: number }) | null }
  >;
}

export interface PainReport {
  id: string;
  on: string;
  limit: Limit;
  /** 1 to 10. */
  level: number;
  exercise_id: string | null;
  session_id: string | null;
  note: string | null;
}

/** What one can load with. */
export interface Loading {
  units: 'kg' | 'lb';
  bars_kg: number[];
  plates_kg: number[];
  dumbbells_kg: number[];
  machine_step_kg: number;
}
