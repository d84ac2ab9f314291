// Which heights, weights and years are taken for what they say, and not for a slip of the finger.
import type { Body } from '$lib/wire/plans';

type Field = 'height_cm' | 'body_mass_kg' | 'birth_year';

export const BODY_RANGES = (year: number): Record<Field, [min: number, max: number]> => ({
  height_cm: [100, 250],
  body_mass_kg: [25, 350],
  birth_year: [year - 110, year - 5],
});

/** The fields that hold something unlikely. */
export function outside(body: Body, year: number): Field[] {
  const ranges = BODY_RANGES(year);
  return (Object.keys(ranges) as Field[]).filter((field) => {
    const value = body[field];
    return value !== null && (value < ranges[field][0] || value > ranges[field][1]);
  });
}
