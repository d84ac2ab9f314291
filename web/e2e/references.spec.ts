// The page's own engine compares with the reference that its person gave the server, with a network and without.
import { expect, test } from '@playwright/test';
import { finishDemo } from './journeys';
import { serve } from './serving';

test('a set is compared with the reference that was given for it, offline, too', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const served = await serve([]);
  const context = await browser.newContext({ baseURL: served.url });
  try {
    const page = await context.newPage();
    const comparedWith = async (): Promise<string> => {
      await finishDemo(page, 'squat_side');
      await page.getByTestId('see-report').click();
      return page.getByTestId('compared-with').innerText();
    };
    expect(await comparedWith()).toBe("Technique compared with: Spotter's template for Squat");
    const given = await context.request.post('/api/v1/references', {
      data: {
        id: 'mine',
        exercise_id: 'squat',
        fps: 10,
        joint_angles: [170, 140, 110, 90, 110, 140, 170],
        metadata: { name: 'my best day' },
      },
    });
    expect(given.status()).toBe(201);
    const own = 'Technique compared with: reference template `my best day`';
    expect(await comparedWith()).toBe(own);
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
    });
    await context.setOffline(true);
    expect(await comparedWith()).toBe(own);
  } finally {
    await context.close();
    await served.stop();
  }
});
