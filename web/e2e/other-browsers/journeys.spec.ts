// What a person does, in Firefox and in WebKit: one description for both, as far as each goes.
//
// Everything that the browser asks the site goes through the wiretap: it is read for pictures, and cutting it is being offline.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { clipsFolder } from '../../bench/clips.mjs';
import { beyondAsking, tap, type Wiretap } from '../wiretap';
import { firefox, webkit, type Browser } from './driver';

let browser: Browser;
let wire: Wiretap;

test.beforeAll(async () => {
  wire = await tap(Number(new URL(test.info().project.use.baseURL ?? '').port));
  browser = await (test.info().project.name === 'firefox' ? firefox() : webkit());
});
test.afterAll(async () => {
  await browser.close();
  wire.close();
});

const open = (path: string): Promise<void> => browser.open(`${wire.url}${path}`);
const textOf = (selector: string): Promise<string | null> =>
  browser.run((it) => document.querySelector(it)?.textContent.trim() ?? null, selector);
const attribute = (selector: string, name: string): Promise<string | null> =>
  browser.run((it, of) => document.querySelector(it)?.getAttribute(of) ?? null, selector, name);
const click = (selector: string): Promise<void> =>
  browser.run((it) => document.querySelector<HTMLElement>(it)?.click(), selector);
const nReps = (): Promise<number> =>
  browser.run(() => document.querySelectorAll('button[aria-label^="Rep "]').length);
const byId = (id: string): string => `[data-testid="${id}"]`;
const STATUS = byId('engine-status');
/** A first page after a start, on a busy machine. */
const SLOW = { timeout: 20_000 };
// Without threads a video of twenty seconds takes a minute on a busy machine.
test.describe.configure({ timeout: 180_000 });

test('the page is isolated, lists the exercises and leads to the live screen', async () => {
  await open('/');
  const isolated = await browser.run(() => [isSecureContext, crossOriginIsolated]);
  expect(isolated).toEqual([true, true]);
  await expect.poll(() => textOf(byId('start-training')), SLOW).not.toBeNull();
  await click('a[href^="/exercise/push_up"]');
  await expect.poll(() => textOf('h1')).toBe('Push-up');
  await click('a[href^="/live?exercise=push_up"]');
  const select = byId('exercise-select');
  const chosen = (): Promise<string | undefined> =>
    browser.run((it) => document.querySelector<HTMLSelectElement>(it)?.value, select);
  await expect.poll(chosen).toBe('push_up');
});

test('settings are kept', async () => {
  await open('/settings');
  const german = 'input[type="radio"][value="de"]';
  await expect.poll(() => attribute(german, 'type')).toBe('radio');
  await click(german);
  await expect.poll(() => textOf('h1')).toBe('Optionen');
  await open('/');
  await expect.poll(() => attribute('html', 'lang')).toBe('de');
  await browser.run(() => localStorage.clear());
});

test('a demo set is counted, reported and kept', async () => {
  await open('/live?demo=squat_side&speed=0');
  await expect.poll(() => textOf(byId('see-report')), { timeout: 30_000 }).not.toBeNull();
  await click(byId('see-report'));
  await expect.poll(() => textOf('h1')).toBe('Squat');
  await expect.poll(nReps).toBe(6);
  expect(await textOf(byId('score'))).toMatch(/^\d+$/);
  await open('/history');
  await expect.poll(() => textOf('a[href^="/report/"]')).toContain('Squat');
});

test('the camera runs through the networks, and nothing but questions for files leaves', async () => {
  await open('/live?exercise=squat&autostart=1');
  await expect.poll(() => attribute(STATUS, 'data-step'), { timeout: 60_000 }).toBe('live');
  if (cpus().length > 1) expect(await textOf(STATUS)).toMatch(/wasm-threads|webgpu/);
  await expect
    .poll(() => textOf(byId('placement')), { timeout: 30_000 })
    .toBe('Step into the picture');
  expect(wire.sent().join('')).toContain('GET /networks/pose_detection.tflite');
  expect(beyondAsking(wire.sent())).toEqual([]);
});

test('a video file is counted in the page', async () => {
  test.setTimeout(240_000);
  const clips = clipsFolder();
  test.skip(
    clips === null,
    'there is no shared/clips here; set SPOTTER_CLIPS to a folder with clips',
  );
  const scratch = mkdtempSync(join(tmpdir(), 'spotter-video-'));
  try {
    const clip = join(clips ?? '', 'squat-side.mp4');
    await open('/analyze?exercise=squat');
    await expect.poll(() => attribute(byId('video-file'), 'type'), SLOW).toBe('file');
    await browser.choose(byId('video-file'), (await playsH264()) ? clip : asVp8(clip, scratch));
    const path = (): Promise<string> => browser.run(() => location.pathname);
    await expect.poll(path, { timeout: 200_000 }).toMatch(/^\/report\//);
    await expect.poll(nReps, SLOW).toBe(6);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

function playsH264(): Promise<boolean> {
  return browser.run(async () => {
    const answer = await VideoDecoder.isConfigSupported({ codec: 'avc1.64001f' });
    return answer.supported === true;
  });
}

/** WebKitGTK decodes what GStreamer's packages can; VP8 is in those that it comes with. */
function asVp8(clip: string, folder: string): string {
  const path = join(folder, 'clip.webm');
  const fast = ['-b:v', '2M', '-deadline', 'realtime', '-cpu-used', '8'];
  execFileSync('ffmpeg', ['-v', 'error', '-i', clip, '-an', '-c:v', 'libvpx', ...fast, path]);
  return path;
}

test('a whole set without a network, once everything is kept', async () => {
  test.setTimeout(150_000);
  await open('/settings');
  await expect
    .poll(() => attribute(byId('offline-state'), 'data-state'), { timeout: 90_000 })
    .toBe('ready');
  await browser.run(async () => {
    await navigator.serviceWorker.ready;
  });
  wire.close();
  await open('/live?demo=squat_side&speed=0');
  await expect.poll(() => textOf(byId('see-report')), { timeout: 30_000 }).not.toBeNull();
});
