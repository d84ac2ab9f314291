// The traffic light: from the running technique to one of three lamps. The limits are the contract's.

export type Lamp = 'good' | 'fair' | 'poor' | 'none';

export function lamp(technique: number | null): Lamp {
  if (technique === null) return 'none';
  if (technique >= 0.8) return 'good';
  return technique >= 0.5 ? 'fair' : 'poor';
}

/** The same for scores of 0 to 100. */
export function grade(score: number | null): Lamp {
  return lamp(score === null ? null : score / 100);
}
