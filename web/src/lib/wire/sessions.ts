// Sessions that were done, with the names that Rust tells as plain strings written out.
import type { Day, Limit } from './plans';
import type * as schema from './schema';
import type { Told, With } from './told';

export type SetKind = 'warm_up' | 'work' | 'drop' | 'amrap';
export type GroupKind = 'superset' | 'circuit' | 'emom';
export type SetSide = 'left' | 'right';
export type DecisionKind =
  'advance' | 'add_reps' | 'hold' | 'reduce' | 'vary' | 'deload' | 'swap' | 'return_after_break';

/** Exercises that are done together; the number is the same for all of them. */
export type Group = With<Told<schema.SetGroup>, { kind: GroupKind }>;
/** What a set asked for when it was begun. */
export type SetTarget = Told<schema.SetTarget>;
/** What the camera saw of a set. */
export type SeenSet = Told<schema.SetSeen>;

export type PerformedSet = With<
  Told<schema.PerformedSet>,
  {
    kind: SetKind;
    side: SetSide | null;
    group: Group | null;
    target: SetTarget | null;
    seen: SeenSet | null;
  }
>;

export type FromPlan = With<Told<schema.PlannedFrom>, { day: Day }>;
/** A target, with how many sets of it. */
export type NextTarget = Told<schema.TargetTold>;
/** What follows for an exercise from what was done. */
export type Decision = With<Told<schema.DecisionTold>, { kind: DecisionKind; next: NextTarget }>;
export type Summary = With<Told<schema.SessionSummary>, { decisions: Decision[] }>;

export type Session = With<
  Told<schema.SessionTold>,
  {
    origin: 'logged' | 'imported';
    from_plan: FromPlan | null;
    sets: PerformedSet[];
    summary: Summary;
  }
>;

/** A session in a list. */
export type SessionInShort = With<Told<schema.SessionInShort>, { origin: Session['origin'] }>;
export interface SessionPage {
  sessions: SessionInShort[];
  /** Whether there are older ones. */
  more: boolean;
}

export type NewSession = With<Told<schema.NewSession>, { from_plan: FromPlan | null }>;
/** What is said when a session ends, or later. */
export type SessionChange = Partial<
  Pick<Session, 'ended_at_ms' | 'title' | 'srpe' | 'minutes' | 'note'>
>;

export interface NextTargets {
  targets: Record<string, { previous: PerformedSet[]; target: NextTarget | null }>;
}

/** What to do in the next set, and why, the weightiest first. */
export type NextSet = Told<schema.NextSetTold>;

export type PainReport = With<Told<schema.NewPainReport>, { limit: Limit }>;

/** What one can load with. */
export type Loading = With<Told<schema.LoadingTold>, { units: 'kg' | 'lb' }>;
