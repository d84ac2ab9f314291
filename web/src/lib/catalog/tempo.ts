// A tempo such as `3-1-1-0`: seconds for giving way, a pause, the effort and a pause again.

export const PHASES = ['eccentric', 'bottom', 'concentric', 'top'] as const;
export type Phase = (typeof PHASES)[number];

export interface Tempo {
  /** Only those that take time. */
  phases: { phase: Phase; secs: number }[];
  total: number;
}

/** Null where nothing is paced. */
export function readTempo(text: string): Tempo | null {
  const secs = text.split('-').map(Number);
  if (secs.length !== PHASES.length || !secs.every((one) => one >= 0)) return null;
  const phases = PHASES.map((phase, index) => ({ phase, secs: secs[index] ?? 0 }));
  const total = secs.reduce((sum, one) => sum + one, 0);
  return total > 0 ? { phases: phases.filter((one) => one.secs > 0), total } : null;
}
