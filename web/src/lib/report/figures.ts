// Reads what the engine drew for a report. Kept records may be older than the page, so the shape is checked.

/** One signal over a repetition, in equal steps of time. */
export interface Curve {
  name: string;
  /** Behind each number. */
  unit: string;
  person: (number | null)[];
  reference: (number | null)[] | null;
}

/** The repetition worth looking at, step by step beside the reference. */
export interface Replay {
  rep: number;
  /** SVG; the same number as `reference`. A step in which nobody was seen repeats the one before. */
  person: string[];
  reference: string[];
  secs: number;
  curves: Curve[];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

export function readReplay(raw: unknown): Replay | null {
  if (!isObject(raw) || typeof raw.rep !== 'number' || !Array.isArray(raw.frames)) return null;
  const person: string[] = [];
  const reference: string[] = [];
  let last_ms = 0;
  for (const frame of raw.frames as unknown[]) {
    if (!isObject(frame) || typeof frame.reference !== 'string') return null;
    const own = typeof frame.person === 'string' ? frame.person : person.at(-1);
    if (own === undefined) continue;
    person.push(own);
    reference.push(frame.reference);
    if (typeof frame.t_ms === 'number') last_ms = frame.t_ms;
  }
  if (person.length < 2) return null;
  const secs = Math.max(0.3, last_ms / 1000);
  const figures = toOneScale([...person, ...reference]);
  return {
    rep: raw.rep,
    person: figures.slice(0, person.length),
    reference: figures.slice(person.length),
    secs,
    curves: readCurves(raw.curves),
  };
}

const WINDOW = /viewBox="(-?\d+) (-?\d+) (\d+) (\d+)"/;
const FLOOR = /(class="fig-l" d="M)-?\d+( -?\d+H)-?\d+/;

/**
 * Gives all pictures windows of one size, with the figure at the middle of the lower edge. The engine draws each in units of a
 * thousandth of the body's height, but cuts it out as closely as it fits, so that crouching bodies would be shown larger.
 */
function toOneScale(pictures: string[]): string[] {
  const windows = pictures.map((svg) => WINDOW.exec(svg)?.slice(1).map(Number));
  const known = windows.filter((window) => window !== undefined);
  const width = Math.max(...known.map(([, , width = 0]) => width));
  const height = Math.max(...known.map(([, , , height = 0]) => height));
  return pictures.map((svg, k) => {
    const [left, top, ownWidth, ownHeight] = windows[k] ?? [];
    if (left === undefined || top === undefined) return svg;
    const newLeft = Math.round(left + ((ownWidth ?? 0) - width) / 2);
    const newTop = top + (ownHeight ?? 0) - height;
    return svg
      .replace(WINDOW, `viewBox="${newLeft} ${newTop} ${width} ${height}"`)
      .replace(FLOOR, `$1${newLeft}$2${newLeft + width}`);
  });
}

function readCurves(raw: unknown): Curve[] {
  if (!Array.isArray(raw)) return [];
  return (raw as unknown[]).flatMap((curve) => {
    if (!isObject(curve) || typeof curve.name !== 'string' || !Array.isArray(curve.person))
      return [];
    const { name, unit, person, reference } = curve;
    return [
      {
        name,
        unit: typeof unit === 'string' ? unit : '',
        person: numbers(person),
        reference: Array.isArray(reference) ? numbers(reference) : null,
      },
    ];
  });
}

const numbers = (values: unknown[]): (number | null)[] =>
  values.map((value) => (typeof value === 'number' ? value : null));
