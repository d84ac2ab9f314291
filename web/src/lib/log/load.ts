// Loads as people see them: in kilograms or pounds, in the steps that their weights allow, and as plates on a bar.
import { number } from '$lib/i18n/numbers';
import { t } from '$lib/i18n/index.svelte';
import type { Loading } from '$lib/wire/sessions';

export type Units = Loading['units'];

const KG_PER_LB = 0.45359237;

/** From, to and by how much, all included. */
const steps = (from: number, to: number, by: number): number[] =>
  Array.from({ length: Math.round((to - from) / by) + 1 }, (_, n) => from + n * by);

export const USUAL: Loading = {
  units: 'kg',
  bars_kg: [20, 15, 10],
  plates_kg: [25, 20, 15, 10, 5, 2.5, 1.25],
  dumbbells_kg: steps(2, 50, 2),
  kettlebells_kg: [4, 6, 8, 10, 12, 16, 20, 24, 28, 32],
  machine_step_kg: 5,
};

/** What is usual where people think in pounds. */
export const USUAL_LB: Loading = {
  units: 'lb',
  bars_kg: [45, 35, 15].map(kgFromLb),
  plates_kg: [45, 35, 25, 10, 5, 2.5].map(kgFromLb),
  dumbbells_kg: steps(5, 100, 5).map(kgFromLb),
  kettlebells_kg: [10, 15, 20, 25, 35, 45, 55, 70].map(kgFromLb),
  machine_step_kg: kgFromLb(10),
};

export function kgFromLb(lb: number): number {
  return lb * KG_PER_LB;
}

/** The number that is shown; at most two decimals, none that rounding made. */
export function shownLoad(kg: number, units: Units): number {
  return units === 'kg' ? tidy(kg, 100) : tidy(kg / KG_PER_LB, 10);
}

export function kgOf(shown: number, units: Units): number {
  return units === 'kg' ? tidy(shown, 1000) : kgFromLb(shown);
}

const tidy = (value: number, parts: number): number => Math.round(value * parts) / parts;

/** `62.5`, `-10`. */
export function plainLoad(kg: number, units: Units): string {
  const shown = shownLoad(kg, units);
  const n_decimals = Number.isInteger(shown) ? 0 : Number.isInteger(shown * 10) ? 1 : 2;
  return number(shown, n_decimals);
}

/** `62.5 kg`, `135 lb`. */
export function loadText(kg: number, units: Units): string {
  return t(`log.unit.${units}`, { n: plainLoad(kg, units) });
}

/** A number as typed with a point or a comma; null where it is none, or nothing. */
export function readNumber(text: string): number | null {
  const value = Number(text.trim().replace(',', '.').replace('−', '-'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

/** By how much a press on plus or minus changes a load, kilograms. */
export function stepOf(kit: readonly string[], loading: Loading): number {
  const smallest = Math.min(...loading.plates_kg, Infinity);
  const fine = loading.units === 'kg' ? 2.5 : kgFromLb(5);
  if (kit.includes('barbell')) return Number.isFinite(smallest) ? 2 * smallest : fine;
  if (
    kit.some((one) =>
      ['cable', 'lat_pulldown', 'leg_press', 'leg_curl', 'leg_extension'].includes(one),
    )
  )
    return loading.machine_step_kg > 0 ? loading.machine_step_kg : fine;
  return loading.units === 'kg' ? 1 : kgFromLb(2.5);
}

/** One press further, on the grid of steps; the next dumbbell or kettlebell where it is known which there are. */
export function stepLoad(
  from: number | null,
  by: -1 | 1,
  kit: readonly string[],
  loading: Loading,
): number {
  const now = from ?? 0;
  const known = kit.includes('dumbbells')
    ? loading.dumbbells_kg
    : kit.includes('kettlebell')
      ? loading.kettlebells_kg
      : [];
  if (known.length > 0) {
    const sorted = [...known].sort((a, b) => a - b);
    const next =
      by === 1
        ? sorted.find((one) => one > now + 1e-6)
        : sorted.findLast((one) => one < now - 1e-6);
    return next ?? now;
  }
  const step = stepOf(kit, loading);
  const steps = by === 1 ? Math.floor(now / step + 1e-6) + 1 : Math.ceil(now / step - 1e-6) - 1;
  return tidy(steps * step, 1000);
}

export interface Plates {
  /** For each side, heaviest first. */
  side_kg: number[];
  /** What bar and plates weigh together. */
  total_kg: number;
  /** Whether that is what was asked for. */
  exact: boolean;
}

/** Parts of a kilogram that plates are reckoned in. */
const PARTS = 1000;
/** So many parts apart, sums are the same: pounds are rounded plate by plate. */
const SAME = 12;

/** Whether two loads, kilograms, are the same on a bar. */
export function isSameLoad(one: number | null, other: number | null): boolean {
  return one === other || (one !== null && other !== null && Math.abs(one - other) <= 0.02);
}

/** The fewest plates on each side that come nearest to a load, without going above it. */
export function platesFor(load_kg: number, bar_kg: number, plates_kg: readonly number[]): Plates {
  const most = Math.max(0, Math.round(((load_kg - bar_kg) / 2) * PARTS) + SAME);
  const sizes = [...new Set(plates_kg)].filter((kg) => kg > 0).sort((a, b) => b - a);
  const parts = sizes.map((kg) => Math.round(kg * PARTS));
  // fewest[n]: how many plates make exactly n, and the index of one of them.
  const fewest = new Int32Array(most + 1).fill(-1);
  const last = new Int32Array(most + 1).fill(-1);
  fewest[0] = 0;
  for (let n = 1; n <= most; n++)
    for (const [index, part] of parts.entries()) {
      const before = n < part ? -1 : (fewest[n - part] ?? -1);
      const best = fewest[n] ?? -1;
      if (before >= 0 && (best < 0 || before + 1 < best)) {
        fewest[n] = before + 1;
        last[n] = index;
      }
    }
  const plates = (n: number): number => fewest[n] ?? -1;
  let at = most;
  while (at > 0 && plates(at) < 0) at -= 1;
  // Of sums that are the same, the one of the fewest plates.
  for (let n = at - 1; n >= Math.max(0, at - 2 * SAME); n--)
    if (plates(n) >= 0 && plates(n) < plates(at)) at = n;
  const side_kg: number[] = [];
  while (at > 0) {
    const index = last[at] ?? -1;
    const part = parts[index];
    if (part === undefined) break;
    side_kg.push(sizes[index] ?? 0);
    at -= part;
  }
  side_kg.sort((a, b) => b - a);
  const total_kg = bar_kg + 2 * side_kg.reduce((sum, kg) => sum + kg, 0);
  return { side_kg, total_kg, exact: Math.abs(total_kg - load_kg) < 0.03 };
}
