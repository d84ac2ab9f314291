// The numbers of a refused write that a person can put right.
const NAMES = ['reps', 'load_kg', 'seconds', 'rir', 'minutes', 'srpe', 'level'] as const;
export type NumberName = (typeof NAMES)[number];

export function numbersOf(body: unknown): { name: NumberName; value: number }[] {
  if (typeof body !== 'object' || body === null) return [];
  return NAMES.flatMap((name) => {
    const value: unknown = Reflect.get(body, name);
    return typeof value === 'number' ? [{ name, value }] : [];
  });
}
