// What a score is called: the same three words and limits in every report, list, picture and lamp. Its color on the page is
// `--grade`, which `lib/ui/tokens.css` sets on every element with a `data-grade`.

export type Grade = 'good' | 'fair' | 'poor' | 'none';

/** Of a score of 0 to 100. The limits are the contract's. */
export function grade(score: number | null): Grade {
  if (score === null) return 'none';
  if (score >= 80) return 'good';
  return score >= 50 ? 'fair' : 'poor';
}
