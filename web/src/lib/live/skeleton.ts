// Paints a person's skeleton over the picture, and says where in the frame the picture lies.
import type { PoseSample } from '$lib/engine/types';

/** Where a picture lies inside its frame, CSS pixels. */
export interface Placed {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** How much of a picture may be cut off before it is shown whole with bars beside it. */
const MOST_CROPPED = 1.35;

/** Fills the frame where little is lost, and shows the whole picture otherwise: what is cut off cannot be checked. */
export function place(
  frame: { width: number; height: number },
  picture: { width: number; height: number },
): Placed {
  const across = frame.width / Math.max(1, picture.width);
  const down = frame.height / Math.max(1, picture.height);
  const crop = Math.max(across, down) / Math.max(1e-6, Math.min(across, down));
  const scale = crop <= MOST_CROPPED ? Math.max(across, down) : Math.min(across, down);
  const width = picture.width * scale;
  const height = picture.height * scale;
  return { x: (frame.width - width) / 2, y: (frame.height - height) / 2, width, height };
}

/** The part of a picture that a body has used so far, as fractions of it. */
export interface Reach {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** How much of the distance to the body's own box is given up per frame: a few seconds to forget a larger one. */
const FORGET = 0.012;

/** Widens `reach` at once to where the body is now, and narrows it slowly. */
export function reachOf(pose: PoseSample, reach: Reach | null): Reach | null {
  const { landmarks } = pose;
  const box = { left: Infinity, top: Infinity, right: -Infinity, bottom: -Infinity };
  for (let at = 0; at + 3 < landmarks.length; at += 4) {
    const [x = 0, y = 0, , seen = 0] = landmarks.subarray(at, at + 4);
    if (seen < SEEN) continue;
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  if (box.left > box.right) return reach;
  if (!reach) return box;
  return {
    left: Math.min(box.left, reach.left + (box.left - reach.left) * FORGET),
    top: Math.min(box.top, reach.top + (box.top - reach.top) * FORGET),
    right: Math.max(box.right, reach.right + (box.right - reach.right) * FORGET),
    bottom: Math.max(box.bottom, reach.bottom + (box.bottom - reach.bottom) * FORGET),
  };
}

/** Where the whole picture has to lie for the body's reach to fill the frame, with room around it. */
export function placeBody(
  frame: { width: number; height: number },
  picture: { width: number; height: number },
  reach: Reach,
): Placed {
  const width = Math.max(0.05, reach.right - reach.left) * picture.width;
  const height = Math.max(0.05, reach.bottom - reach.top) * picture.height;
  const scale = 0.66 * Math.min(frame.width / width, frame.height / height);
  return {
    x: frame.width / 2 - ((reach.left + reach.right) / 2) * picture.width * scale,
    y: frame.height * 0.43 - ((reach.top + reach.bottom) / 2) * picture.height * scale,
    width: picture.width * scale,
    height: picture.height * scale,
  };
}

// BlazePose's numbers.
const BONES: readonly (readonly [number, number])[] = [
  [11, 12],
  [11, 23],
  [12, 24],
  [23, 24],
  [11, 13],
  [13, 15],
  [12, 14],
  [14, 16],
  [23, 25],
  [25, 27],
  [24, 26],
  [26, 28],
  [27, 29],
  [29, 31],
  [28, 30],
  [30, 32],
];
const JOINTS = [11, 12, 13, 14, 15, 16, 23, 24, 25, 26, 27, 28] as const;
const SEEN = 0.5;

const PARTS: readonly (readonly [RegExp, readonly number[]])[] = [
  [/knee|valgus|leg|feet|lockout|depth/, [25, 26]],
  [/hip|depth|pike|sag|swing|shoot|kip/, [23, 24]],
  [/heel|feet|toe/, [27, 28, 29, 30, 31, 32]],
  [/elbow|arm|lockout_arms|rom/, [13, 14, 15, 16]],
  [/lean|back|trunk|arch|worm|rounded|chest/, [11, 12, 23, 24]],
  [/head|neck|chin/, [0, 7, 8]],
];

/** The joints that a finding is about, by its id. None: the whole body. */
export function jointsOf(finding: string): readonly number[] {
  const found = PARTS.filter(([words]) => words.test(finding)).flatMap(([, joints]) => joints);
  return [...new Set(found)];
}

export interface Ink {
  bone: string;
  joint: string;
  marked: string;
}

/** Draws over a cleared canvas of `placed`'s frame; `marked` joints and the bones between them take another color. */
export function paint(
  context: CanvasRenderingContext2D,
  pose: PoseSample,
  placed: Placed,
  marked: readonly number[],
  ink: Ink,
): void {
  const { landmarks } = pose;
  if (landmarks.length < 33 * 4) return;
  const at = (joint: number): { x: number; y: number; seen: number } => ({
    x: placed.x + (landmarks[joint * 4] ?? 0) * placed.width,
    y: placed.y + (landmarks[joint * 4 + 1] ?? 0) * placed.height,
    seen: landmarks[joint * 4 + 3] ?? 0,
  });
  const unit = Math.max(3, Math.min(9, Math.min(placed.width, placed.height) / 110));
  context.lineCap = 'round';
  for (const [from, to] of BONES) {
    const [a, b] = [at(from), at(to)];
    const seen = Math.min(a.seen, b.seen);
    const warn = marked.includes(from) && marked.includes(to);
    context.globalAlpha = seen >= SEEN ? 1 : 0.28;
    context.strokeStyle = warn ? ink.marked : ink.bone;
    context.lineWidth = warn ? unit * 1.6 : unit;
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  }
  const circle = (joint: number, radius: number): void => {
    const point = at(joint);
    const warn = marked.includes(joint);
    context.globalAlpha = point.seen >= SEEN ? 1 : 0.28;
    context.fillStyle = warn ? ink.marked : ink.joint;
    context.beginPath();
    context.arc(point.x, point.y, warn ? radius * 1.7 : radius, 0, 2 * Math.PI);
    context.fill();
  };
  for (const joint of JOINTS) circle(joint, unit * 1.15);
  // The head, as a ring as wide as the ears are apart.
  const [nose, left, right] = [at(0), at(7), at(8)];
  const radius = Math.max(unit * 2.4, Math.hypot(left.x - right.x, left.y - right.y) * 0.8);
  context.globalAlpha = nose.seen >= SEEN ? 1 : 0.28;
  context.lineWidth = unit;
  context.strokeStyle = marked.includes(0) ? ink.marked : ink.bone;
  context.beginPath();
  context.arc((left.x + right.x) / 2, (left.y + right.y) / 2, radius, 0, 2 * Math.PI);
  context.stroke();
  context.globalAlpha = 1;
}
