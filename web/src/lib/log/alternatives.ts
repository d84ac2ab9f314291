// What the library has in place of an exercise, best first: for when the server cannot be asked.
import type { LibraryEntry } from '$lib/catalog/exercises';

export function alternatives(
  all: readonly LibraryEntry[],
  id: string,
  taken: readonly string[],
): LibraryEntry[] {
  const from = all.find((one) => one.id === id);
  if (!from) return [];
  const near = new Set([...from.regressions, ...from.progressions]);
  const points = (one: LibraryEntry): number => {
    const shared = one.muscles.direct.filter((muscle) =>
      from.muscles.direct.includes(muscle),
    ).length;
    return (
      2 * shared +
      (one.pattern === from.pattern ? 3 : 0) +
      (near.has(one.id) ? 3 : 0) +
      (one.kit.every((piece) => piece === 'mat' || from.kit.includes(piece)) ? 2 : 0)
    );
  };
  return all
    .filter((one) => one.id !== id && !taken.includes(one.id) && one.roles.includes('work'))
    .filter((one) => one.pattern === from.pattern || near.has(one.id))
    .sort((a, b) => points(b) - points(a) || a.id.localeCompare(b.id))
    .slice(0, 8);
}
