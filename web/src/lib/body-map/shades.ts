// What the areas of the body map show.

/** Trained directly, helping, or how much of something from 0 to 1. */
export type Shade = 'direct' | 'indirect' | number;

/** By name of muscle. */
export type Shades = Readonly<Record<string, Shade>>;

/** How an area is drawn: null where nothing is told of it. */
export interface Drawn {
  hatched: boolean;
  /** How strong its color is; null where that tells nothing. */
  share: number | null;
}

export function shadeOf(shades: Shades, muscle: string): Drawn | null {
  const shade = shades[muscle];
  if (shade === undefined || shade === 0) return null;
  if (typeof shade === 'string') return { hatched: shade === 'indirect', share: null };
  return { hatched: false, share: Math.min(1, Math.max(0, shade)) };
}

/** The muscles of an exercise. */
export function shadesOf(muscles: {
  direct: readonly string[];
  indirect: readonly string[];
}): Shades {
  return Object.fromEntries([
    ...muscles.indirect.map((muscle): [string, Shade] => [muscle, 'indirect']),
    ...muscles.direct.map((muscle): [string, Shade] => [muscle, 'direct']),
  ]);
}
