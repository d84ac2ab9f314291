// Real clips through a real `getUserMedia`: the number on the live screen is the clip's, and no picture leaves the page.
//
// Chromium plays the clip as its camera at its true pace; on a busy machine frames are dropped, never slowed down, since
// every frame carries its own time. Without shared/clips the tests say so and skip.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, expect, type Page, test } from '@playwright/test';
import { asWebcam, cameraArguments, clipsFolder, labels } from '../bench/clips.mjs';
import { beyondAsking, tap } from './wiretap';

/** An empty picture while networks load, and after the clip, so that its second round is never seen. */
const BEFORE_S = 12;
/** How long the last picture stands, as a person would after the last repetition. */
const STILL_S = 4;
const AFTER_S = 60;

const clips = clipsFolder();
test.skip(
  clips === null,
  'there is no shared/clips here; set SPOTTER_CLIPS to a folder with clips',
);

interface Clip {
  file: string;
  exercise: string;
  reps: number;
  tolerance: number;
  duration_s: number;
}

function clip(name: string): Clip & { path: string } {
  const folder = clips ?? '';
  const label = (labels(folder) as Clip[]).find((one) => one.file === `${name}.mp4`);
  if (!label) throw new Error(`${name} is not in labels.json`);
  return { ...label, path: join(folder, label.file) };
}

interface Camera {
  still_s: number;
  site?: { url: string; arguments: string[] };
}

async function withCamera(
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
      localStorage.setItem('spotter.settings', JSON.stringify({ handsFree: false, voice: false }));
    });
    await use(page, shown);
  } finally {
    await browser?.close();
    webcam.remove();
  }
}

/** Trains until the set has ended by itself, or is ended when the clip is over. */
async function train(page: Page, exercise: string, shown: Clip): Promise<number> {
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

const SETS = [
  ['squat-side', 'squat', STILL_S],
  ['squat-side', 'auto', STILL_S],
  ['pushup-side-good', 'push_up', STILL_S],
  // Ends in the middle of a tenth repetition, which nobody would hold.
  ['squat-front-brisk', 'squat', 0],
] as const;

for (const [name, exercise, still_s] of SETS)
  test(`${name} is counted as ${exercise} through the camera`, async () => {
    test.setTimeout(180_000);
    await withCamera(name, { still_s }, async (page, shown) => {
      const seen = await train(page, exercise, shown);
      expect(Math.abs(seen - shown.reps), `${seen} of ${shown.reps}`).toBeLessThanOrEqual(
        shown.tolerance,
      );
    });
  });

test('nothing but requests for files leaves the page during a set', async () => {
  test.setTimeout(180_000);
  const wire = await tap(Number(new URL(test.info().project.use.baseURL ?? '').port));
  try {
    await withCamera('squat-side', { still_s: STILL_S, site: wire }, async (page, shown) => {
      const elsewhere: string[] = [];
      page.context().on('request', (request) => {
        const { protocol, origin } = new URL(request.url());
        if (protocol.startsWith('http') && origin !== wire.url) elsewhere.push(request.url());
      });
      expect(await train(page, 'squat', shown)).toBeGreaterThan(0);
      expect(elsewhere).toEqual([]);
      const sent = wire.sent();
      expect(sent.join('')).toContain('GET /networks/pose_detection.tflite');
      expect(beyondAsking(sent)).toEqual([]);
      // The same ears hear everything that could carry a picture.
      await page.evaluate(async () => {
        await fetch('/a', { method: 'POST', body: 'picture-by-fetch' }).catch(() => null);
        navigator.sendBeacon('/b', 'picture-by-beacon');
        const script = `fetch('${location.origin}/c', { method: 'POST', body: 'picture-by-worker' })
            .catch(() => null).then(() => postMessage(0))`;
        const worker = new Worker(URL.createObjectURL(new Blob([script])));
        await new Promise((resolve) => (worker.onmessage = worker.onerror = resolve));
        const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/d`);
        await new Promise((resolve) => (socket.onopen = socket.onclose = resolve));
      });
      const heard = beyondAsking(wire.sent()).join('\n');
      for (const path of ['POST /a', 'POST /b', 'POST /c', 'GET /d']) expect(heard).toContain(path);
    });
  } finally {
    wire.close();
  }
});

for (const name of ['squat-side', 'pushup-side-good'])
  test(`the video file ${name} is counted in the page`, async ({ page }) => {
    test.setTimeout(240_000);
    const shown = clip(name);
    await page.goto(`/analyze?exercise=${shown.exercise}`);
    await page.getByTestId('video-file').setInputFiles({
      name: shown.file,
      mimeType: 'video/mp4',
      buffer: readFileSync(shown.path),
    });
    await page.waitForURL(/\/report\//, { timeout: 200_000 });
    await expect(page.locator('dt:text-is("reps") + dd')).toHaveText(String(shown.reps));
  });
