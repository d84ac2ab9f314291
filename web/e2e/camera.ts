// A real clip as Chromium's camera, and a set in front of it.
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { asWebcam, cameraArguments, clipsFolder, labels } from '../bench/clips.mjs';

/** An empty picture while networks load, and after the clip, so that its second round is never seen. */
const BEFORE_S = 12;
/** How long the last picture stands, as a person would after the last repetition. */
export const STILL_S = 4;
const AFTER_S = 60;

const clips = clipsFolder();

/** Skips a test, or a file's tests, where there are no clips. */
export function needClips(): void {
  test.skip(
    clips === null,
    'there is no shared/clips here; set SPOTTER_CLIPS to a folder with clips',
  );
}

export interface Clip {
  file: string;
  exercise: string;
  reps: number;
  tolerance: number;
  duration_s: number;
}

export function clip(name: string): Clip & { path: string } {
  const folder = clips ?? '';
  const label = (labels(folder) as Clip[]).find((one) => one.file === `${name}.mp4`);
  if (!label) throw new Error(`${name} is not in labels.json`);
  return { ...label, path: join(folder, label.file) };
}

export interface Camera {
  still_s: number;
  site?: { url: string; arguments: string[] };
}

export async function withCamera(
  name: string,
  { still_s, site = { url: test.info().project.use.baseURL ?? '', arguments: [] } }: Camera,
  use: (page: Page, clip: Clip) => Promise<void>,
): Promise<void> {
  const shown = clip(name);
  const webcam = asWebcam(shown.path, {
    before_s: BEFORE_S,
    still_s,
    after_s: AFTER_S,
    width: 640,
  });
  let browser: Browser | undefined;
  try {
    browser = await chromium.launch({
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-dev-shm-usage',
        ...cameraArguments(webcam.path),
        ...site.arguments,
      ],
    });
    const page = await browser.newPage({ baseURL: site.url });
    // The clips begin with the first repetition: nobody holds a start pose for them.
    await page.addInitScript(() => {
      // Once, so that what a test chooses stays.
      if (localStorage.getItem('spotter.settings') === null)
        localStorage.setItem(
          'spotter.settings',
          JSON.stringify({ handsFree: false, voice: false }),
        );
    });
    await use(page, shown);
  } finally {
    await browser?.close();
    webcam.remove();
  }
}

/** Trains until the set has ended by itself, or is ended when the clip is over. */
export async function train(page: Page, exercise: string, shown: Clip): Promise<number> {
  await page.goto(`/live?exercise=${exercise}&autostart=1`);
  const status = page.getByTestId('engine-status');
  await expect(status).toHaveAttribute('data-step', 'live', { timeout: BEFORE_S * 1000 });
  const count = page.getByTestId('rep-count').first();
  const over_ms = (BEFORE_S + shown.duration_s + STILL_S + 2) * 1000;
  let seen = 0;
  const begin = Date.now();
  await expect
    .poll(
      async () => {
        if ((await status.getAttribute('data-step')) !== 'live') return 'ended';
        const text = await count.textContent({ timeout: 1000 }).catch(() => null);
        seen = Math.max(seen, Number(text ?? 0));
        return Date.now() - begin > over_ms ? 'ended' : 'going on';
      },
      { timeout: over_ms + 30_000, intervals: [250] },
    )
    .toBe('ended');
  return seen;
}
