// The body from the front and from the back, as areas of muscles.
// Their points are in `shapes.ts`; here they become smooth curves, mirrored to both sides.
import { HEAD, OUTLINE, SHAPES } from './shapes';

export type Face = 'front' | 'back';

/** The 24 that training counts, in the order in which the keyboard visits them: front then back, head to foot. */
export const MUSCLES = [
  'neck_flexors',
  'front_delts',
  'side_delts',
  'chest',
  'biceps',
  'forearms',
  'serratus',
  'abs',
  'obliques',
  'hip_flexors',
  'adductors',
  'quads',
  'shins',
  'neck_extensors',
  'traps',
  'rear_delts',
  'rotator_cuff',
  'upper_back',
  'lats',
  'triceps',
  'lower_back',
  'glutes',
  'hamstrings',
  'calves',
] as const;
export type Muscle = (typeof MUSCLES)[number];

/** Lines that let the body read as one where no muscle lies. */
export const LINES: Record<Face, readonly string[]> = {
  front: [
    // Kneecaps.
    'M19 313q6-5.5 12.5 0M20.5 321.5q5 4 10 0M-31.5 313q6.5-5.5 12.5 0M-30.5 321.5q5 4 10 0',
  ],
  back: ['M17.5 317q8 3.5 16.5 0M-34 317q8.5 3.5 16.5 0'],
};

/** x, y, and 1 where the curve has a corner. */
type Point = readonly [number, number, 1?];
type Shape = readonly Point[];

function points(text: string): Shape {
  return text.split(',').map((point) => {
    const [x = 0, y = 0] = point.trim().split(/\s+/).map(Number.parseFloat);
    return point.endsWith('!') ? [x, y, 1] : [x, y];
  });
}

/** How strongly a curve swings through its points. */
const SWING = 0.17;
const short = (value: number): string => String(Math.round(value * 10) / 10);

/** A smooth closed curve through points, as an SVG path. */
function curve(shape: Shape): string {
  const n = shape.length;
  const at = (index: number): Point => shape[(index + n) % n] ?? [0, 0];
  const handle = (index: number, way: 1 | -1): string => {
    const [x, y, corner] = at(index);
    const [[x0, y0], [x1, y1]] = [at(index - 1), at(index + 1)];
    const swing = corner === 1 ? 0 : SWING * way;
    return `${short(x + (x1 - x0) * swing)} ${short(y + (y1 - y0) * swing)}`;
  };
  const [startX, startY] = at(0);
  let path = `M${short(startX)} ${short(startY)}`;
  for (let index = 1; index <= n; index++) {
    const [x, y] = at(index);
    path += `C${handle(index - 1, 1)} ${handle(index, -1)} ${short(x)} ${short(y)}`;
  }
  return `${path}Z`;
}

const mirrored = (shape: Shape): Shape =>
  [...shape].reverse().map(([x, y, corner]): Point => (corner ? [-x, y, 1] : [-x, y]));

const whole = (half: Shape): string => curve([...half, ...mirrored(half).slice(1, -1)]);

/** The whole body's outline up to the neck, and the head before it. */
export const BODY = whole(points(OUTLINE));
export const FACE = whole(points(HEAD));

export interface Area {
  muscle: Muscle;
  /** Both sides of the body. */
  path: string;
}

function areas(face: Face): Area[] {
  return MUSCLES.flatMap((muscle) => {
    const shapes = SHAPES[face][muscle];
    if (!shapes) return [];
    const both = shapes.map(points).flatMap((shape) => [shape, mirrored(shape)]);
    return [{ muscle, path: both.map((shape) => curve(shape)).join('') }];
  });
}

export const AREAS: Record<Face, readonly Area[]> = { front: areas('front'), back: areas('back') };

/** The face on which a muscle is seen best: where it lies, not where its edge shows. */
export function bestFace(muscle: Muscle): Face {
  const atBack: readonly Muscle[] = MUSCLES.slice(MUSCLES.indexOf('neck_extensors'));
  return atBack.includes(muscle) ? 'back' : 'front';
}

/** What the pictures show: left, top, width, height. */
export const FRAME = '-108 -2 216 428';
