// Real clips through a real `getUserMedia`: the number on the live screen is the clip's, and no picture leaves the page.
//
// Chromium plays the clip as its camera at its true pace; on a busy machine frames are dropped, never slowed down, since
// every frame carries its own time. Without shared/clips the tests say so and skip.
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { clip, needClips, STILL_S, train, withCamera } from './camera';
import { beyondAsking, tap } from './wiretap';

needClips();

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
