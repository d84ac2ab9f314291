// Numbers of a whole set that the page derives from the engine's repetitions: means, nothing more.
import type { Analysis, Issue, ReportRep, ScoreParts, Severity } from '$lib/engine/types';

export const PARTS = ['shape', 'depth', 'symmetry', 'tempo', 'smoothness'] as const;
export type Part = (typeof PARTS)[number];

/** The mean of each part over the repetitions that have it; a part that none has is left out. */
export function meanParts(reps: readonly ReportRep[]): { part: Part; mean: number }[] {
  return PARTS.flatMap((part) => {
    const values = reps
      .map((rep) => rep.score_parts)
      .filter((parts): parts is ScoreParts => parts !== null)
      .map((parts) => parts[part])
      .filter((value): value is number => value !== null);
    if (values.length === 0) return [];
    return [{ part, mean: values.reduce((sum, value) => sum + value, 0) / values.length }];
  });
}

/** The repetition to look at first: the lowest score, or the first attempt where nothing has a score. */
export function worst(analysis: Analysis): ReportRep | null {
  const scored = analysis.rep_list.filter((rep) => rep.score !== null);
  if (scored.length === 0) return analysis.rep_list.find((rep) => !rep.counted) ?? null;
  return scored.reduce((low, rep) => ((rep.score ?? 0) < (low.score ?? 0) ? rep : low));
}

export interface GatheredIssue {
  id: string;
  severity: Severity;
  text: string;
  /** Numbers of the repetitions it was seen in. */
  reps: number[];
  /** The surest sighting's. */
  confidence: number;
}

const GRAVITY: Record<Severity, number> = { high: 0, medium: 1, low: 2 };

/** The same fault in several repetitions is one thing to change. Gravest first, then the one seen most often. */
export function gathered(issues: readonly Issue[]): GatheredIssue[] {
  const found = new Map<string, GatheredIssue>();
  for (const { id, severity, text, rep, confidence } of issues) {
    const known = found.get(id) ?? { id, severity, text, reps: [], confidence };
    if (rep !== null && !known.reps.includes(rep)) known.reps.push(rep);
    known.confidence = Math.max(known.confidence, confidence);
    if (GRAVITY[severity] < GRAVITY[known.severity]) known.severity = severity;
    found.set(id, known);
  }
  return [...found.values()].sort(
    (a, b) => GRAVITY[a.severity] - GRAVITY[b.severity] || b.reps.length - a.reps.length,
  );
}
