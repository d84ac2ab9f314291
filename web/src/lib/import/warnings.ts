// Warnings about a file, put in order for reading.
import type { ImportWarning } from '$lib/wire/import';

const PLACES = ['file', 'line', 'session', 'message'] as const;

export interface Place {
  kind: (typeof PLACES)[number];
  /** The first and the last of neighbors, which are the same where it stands alone. */
  from: number;
  to: number;
}

/** Where in the file: `line 12` is a line, and its number. What is not known is the file. */
export function placeOf(at: string): Place {
  const [word = '', n = ''] = at.split(' ');
  return { kind: PLACES.find((one) => one === word) ?? 'file', from: Number(n), to: Number(n) };
}

/** By what is the matter and then by what stands there, each in the order of its first line. */
export function byKind(
  warnings: readonly ImportWarning[],
): { kind: string; values: { value: string; places: Place[] }[] }[] {
  return groups(warnings, ({ kind }) => kind).map(({ key: kind, list }) => ({
    kind,
    values: groups(list, ({ value }) => value).map(({ key: value, list: same }) => ({
      value,
      places: runs(same.map(({ at }) => placeOf(at))),
    })),
  }));
}

function groups<One>(list: readonly One[], keyOf: (one: One) => string) {
  const keys = [...new Set(list.map(keyOf))];
  return keys.map((key) => ({ key, list: list.filter((one) => keyOf(one) === key) }));
}

/** Neighbors as one place: lines 2, 3, 4 and 9 are 2–4 and 9. */
function runs(places: readonly Place[]): Place[] {
  const joined: Place[] = [];
  for (const place of places) {
    const last = joined.at(-1);
    if (last && last.kind === place.kind && place.from - last.to <= 1) last.to = place.to;
    else joined.push({ ...place });
  }
  return joined;
}
