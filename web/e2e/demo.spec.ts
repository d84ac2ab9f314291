// A set from start to report, with recorded landmarks in place of a camera: the path that works on every machine.
import { expect, test } from '@playwright/test';
import { finishDemo } from './journeys';

test('a demo set is counted, reported and kept', async ({ page }) => {
  await page.goto('/live?demo=squat_side&speed=1');
  await expect(page.getByTestId('rep-count')).toHaveText('1', { timeout: 15_000 });
  await expect(page.getByTestId('technique-light')).toBeVisible();
  await expect(page.getByTestId('score')).toBeVisible({ timeout: 30_000 });
  await page.getByTestId('see-report').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Squat' })).toBeVisible();
  await expect(page.getByTestId('score')).toHaveText(/^\d+$/);
  // The clip's own golden table says six.
  await expect(page.getByRole('button', { name: /^Rep \d+, score/ })).toHaveCount(6);
  await page.goto('/history');
  await expect(page.getByRole('link', { name: /Squat/ })).toHaveCount(1);
});

test('a set in which the exercise is recognized', async ({ page }) => {
  await finishDemo(page, 'push_up_side');
  await page.getByTestId('see-report').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Push-up' })).toBeVisible();
});

test('ending early reports what was done, pausing counts nothing', async ({ page }) => {
  await page.goto('/live?demo=squat_side&speed=2');
  await expect(page.getByTestId('rep-count')).toHaveText('2', { timeout: 15_000 });
  await page.getByTestId('pause').click();
  await expect(page.getByText('Paused')).toBeVisible();
  await page.getByTestId('resume').click();
  await page.getByTestId('end-set').click();
  await expect(page.getByTestId('rest-left')).toBeVisible();
  await expect(page.getByTestId('score')).toBeVisible();
});

test('a set out of sight waits, says so, and goes on with its count', async ({ page }) => {
  // Headless windows are always in sight, so the page is told otherwise.
  await page.addInitScript(() => {
    let hidden = false;
    let n_locks = 0;
    Object.defineProperty(document, 'hidden', { get: () => hidden });
    Object.defineProperty(document, 'visibilityState', {
      get: () => (hidden ? 'hidden' : 'visible'),
    });
    const request = (): Promise<unknown> => {
      n_locks += 1;
      return Promise.resolve({ release: () => Promise.resolve() });
    };
    Object.defineProperty(navigator, 'wakeLock', { value: { request } });
    Object.assign(window, {
      hide: (now: boolean) => {
        hidden = now;
        document.dispatchEvent(new Event('visibilitychange'));
      },
      locks: () => n_locks,
    });
  });
  type Told = { hide: (now: boolean) => void; locks: () => number };
  const hide = (now: boolean): Promise<void> =>
    page.evaluate((now) => (window as unknown as Told).hide(now), now);
  const locks = (): Promise<number> => page.evaluate(() => (window as unknown as Told).locks());

  await page.goto('/live?demo=squat_side&speed=1');
  const count = page.getByTestId('rep-count');
  await expect(count).toHaveText('1', { timeout: 15_000 });
  expect(await locks()).toBe(1);
  await hide(true);
  await hide(false);
  await expect(page.getByText('This page was out of sight')).toBeVisible();
  await expect(count).toHaveText('1');
  expect(await locks()).toBe(2);
  await page.getByRole('status').getByRole('button', { name: 'Go on' }).click();
  await expect(page.getByText('This page was out of sight')).toBeHidden();
  await expect(count).toHaveText('2', { timeout: 15_000 });
});

test('a deleted set can be brought back', async ({ page }) => {
  await finishDemo(page, 'squat_side');
  await page.goto('/history');
  await page.getByRole('button', { name: 'Delete Squat' }).click();
  await expect(page.getByText('No sets yet')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('link', { name: /Squat/ })).toHaveCount(1);
});

test('the report becomes a picture', async ({ page }) => {
  await finishDemo(page, 'squat_side');
  await page.getByTestId('see-report').click();
  const download = page.waitForEvent('download');
  await page.getByTestId('share').click();
  expect((await download).suggestedFilename()).toBe('spotter-squat.png');
});

test('a device without a camera is told what to do', async ({ page }) => {
  await page.goto('/live?exercise=squat');
  await page.getByTestId('start-camera').click();
  const trouble = page.getByTestId('trouble');
  await expect(trouble).toBeVisible({ timeout: 20_000 });
  await expect(trouble.getByRole('listitem').first()).toBeVisible();
  await expect(trouble.getByRole('button', { name: 'Try again' })).toBeVisible();
});

test('a device that is too slow to count by says so', async ({ page }) => {
  // Three frames a second.
  await page.goto('/live?demo=squat_side&speed=0.1');
  await expect(page.getByTestId('too-slow')).toContainText('reps get lost', { timeout: 30_000 });
});

test('the old address of the live screen still works', async ({ page }) => {
  await page.goto('/?exercise=ex_pushup');
  await expect(page.getByTestId('exercise-select')).toHaveValue('push_up');
});
