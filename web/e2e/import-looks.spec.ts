// Bringing training along, for everyone: axe on each step, large text on a small phone.
import { expect, type Page } from '@playwright/test';
import { next, test } from './athlete';
import { checkAxe } from './axe';
import { settle } from './journeys';
import { pick, text } from './training-files';

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('axe finds nothing on the way, in the dark and at 200 % text nothing is cut off', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 320, height: 700 });
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"textScale":2}'));
  const look = async (step: string): Promise<void> => {
    await settle(page);
    expect(await sideways(page), step).toBeLessThanOrEqual(0);
    await checkAxe(page);
  };
  const long = 'Donaudampfschifffahrtsgesellschaftskapitänsgewichtheben';
  await page.goto('/settings/import');
  await page.getByText('How do I get the file?').click();
  await look('start');
  await pick(
    page,
    text('log.csv', `Date,Exercise,Weight,Reps\n2025-01-28,${long},x,8\n2025-01-28,${long},60,8`),
  );
  await page.getByRole('radio', { name: 'Kilograms (kg)' }).check();
  await look('unit');
  await next(page);
  await expect(page.getByTestId('all-mine')).toBeVisible();
  await look('exercises');
  await page.getByTestId('all-mine').click();
  await next(page);
  await page.getByTestId('warnings').locator('summary').click();
  await page.getByTestId('exercise-map').locator('summary').click();
  await look('found');
  await page.getByTestId('keep').click();
  await expect(page.getByTestId('import-kept')).toBeVisible();
  await look('kept');
});
