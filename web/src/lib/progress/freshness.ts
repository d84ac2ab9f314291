// How recovered a muscle is, in a word.
export type Fresh = 'fresh' | 'recovering' | 'tired';

/** 0 to 100. */
export function freshnessOf(percent: number): Fresh {
  if (percent >= 85) return 'fresh';
  return percent >= 60 ? 'recovering' : 'tired';
}
