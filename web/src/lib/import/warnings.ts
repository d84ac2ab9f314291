// Warnings about a file, put in order for reading.
import type { ImportWarning } from '$lib/wire/import';

const PLACES = ['file', 'line', 'session', 'message'] as const;

/** Where in the file: `line 12` is a line, and its number. What is not known is the file. */
export function placeOf(at: string): { kind: (typeof PLACES)[number]; n: number } {
  const [word = '', n = ''] = at.split(' ');
  return { kind: PLACES.find((one) => one === word) ?? 'file', n: Number(n) };
}

/** By what is the matter, in the order of their first line. */
export function byKind(
  warnings: readonly ImportWarning[],
): { kind: string; list: ImportWarning[] }[] {
  const kinds = [...new Set(warnings.map(({ kind }) => kind))];
  return kinds.map((kind) => ({ kind, list: warnings.filter((one) => one.kind === kind) }));
}
