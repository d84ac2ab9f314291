// The page sees what `spotter analyze` sees: landmarks of the same frames, within 1 % of the body's height.
//
// Native and browser differ in decoder, color conversion and runtime; cropping and tracking are the same code. Without
// shared/clips or the `spotter` program the test says so and skips.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';
import { clipsFolder } from '../bench/clips.mjs';
import type { Bench } from '../bench/page';
import { serveBench } from '../bench/site.mjs';
import { spotterProgram } from './program.mjs';

const spotter = spotterProgram();
const clips = clipsFolder();
test.skip(
  clips === null,
  'there is no shared/clips here; set SPOTTER_CLIPS to a folder with clips',
);
test.skip(
  !spotter,
  'there is no `spotter` program; `cargo build -p app`, or set SPOTTER to its path',
);

const N_FRAMES = 120;

interface Seen {
  t_ms: number;
  /** 33 × x, y, z, visibility; empty when nobody is seen. */
  lm: number[];
}

function natively(clip: string): Seen[] {
  const folder = mkdtempSync(join(tmpdir(), 'spotter-poses-'));
  try {
    const poses = join(folder, 'poses.jsonl');
    execFileSync(spotter ?? '', ['analyze', clip, '--save-poses', poses], { stdio: 'ignore' });
    const bytes = readFileSync(poses);
    const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString('utf8');
    const lines = text.trim().split('\n');
    const frames = lines.map((line) => JSON.parse(line) as { t_ms?: number; lm?: number[][] });
    return frames.flatMap(({ t_ms, lm }) =>
      t_ms === undefined ? [] : [{ t_ms, lm: lm?.flat() ?? [] }],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Ankle to knee to hip to shoulder to nose, of the longer side, in pixels. */
function bodyHeight(lm: number[], size: number[]): number {
  const side = (offset: number): number =>
    [27, 25, 23, 11].reduce((sum, point, index, chain) => {
      const next = chain[index + 1];
      const to = next === undefined ? 0 : next + offset;
      return sum + apart(lm, point + offset, lm, to, size);
    }, 0);
  return Math.max(side(0), side(1));
}

function apart(
  a: number[],
  i: number,
  b: number[],
  j: number,
  [width = 1, height = 1]: number[],
): number {
  const of = (lm: number[], at: number): number => lm[at] ?? NaN;
  return Math.hypot(
    (of(a, i * 4) - of(b, j * 4)) * width,
    (of(a, i * 4 + 1) - of(b, j * 4 + 1)) * height,
  );
}

for (const [name, width, height] of [
  ['squat-side', 768, 432],
  ['pushup-side-good', 1280, 720],
] as const)
  test(`landmarks of ${name} are those of the native program`, async ({ page }) => {
    test.setTimeout(240_000);
    const clip = join(clips ?? '', `${name}.mp4`);
    const site = await serveBench(4188, { 'clip.mp4': clip });
    try {
      const expected = natively(clip).slice(0, N_FRAMES);
      await page.goto(site.url);
      const seen = await page.evaluate(
        (n) => (window as unknown as { bench: Bench }).bench.landmarks('/clip.mp4', 'full', n),
        N_FRAMES,
      );
      expect(seen).toHaveLength(N_FRAMES);
      const size = [width, height];
      const heights = expected
        .filter(({ lm }) => lm.length > 0)
        .map(({ lm }) => bodyHeight(lm, size));
      const body = heights.sort((a, b) => a - b)[Math.floor(heights.length / 2)] ?? NaN;
      const far = seen.flatMap(({ t_ms, lm }, frame) => {
        const native = expected[frame];
        expect(Math.abs(t_ms - (native?.t_ms ?? NaN)), `time of frame ${frame}`).toBeLessThan(1);
        expect(lm.length, `somebody in frame ${frame}`).toBe(native?.lm.length);
        const points = Array.from({ length: lm.length / 4 }, (_, point) => point);
        return points
          .filter((point) => (lm[point * 4 + 3] ?? 0) > 0.5)
          .map((point) => apart(lm, point, native?.lm ?? [], point, size) / body);
      });
      expect(far.length).toBeGreaterThan(N_FRAMES * 10);
      const mean = far.reduce((sum, one) => sum + one, 0) / far.length;
      console.log(
        `${name}: ${(mean * 100).toFixed(3)} % of body height over ${far.length} landmarks`,
      );
      expect(mean).toBeLessThan(0.01);
    } finally {
      site.close();
    }
  });
