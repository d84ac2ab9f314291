// Progress, the week and sessions: readable by everybody, in light and dark, with very large text, and while they are asked for.
import { expect } from '@playwright/test';
import { checkAxe } from './axe';
import { settle } from './journeys';
import { expectNothingCutOff, test } from './seasoned';

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    test('axe finds nothing', async ({ page, last }) => {
      test.setTimeout(180_000);
      for (const screen of ['/progress', '/review', '/sessions', `/sessions/${last}`]) {
        await page.goto(screen);
        await settle(page);
        await expect(page.getByTestId('age')).toBeHidden();
        for (const all of ['Show all muscles', /^Show all \d+ records/])
          for (const more of await page.getByRole('button', { name: all }).all())
            await more.click();
        for (const table of await page.getByText('Show as table').all()) await table.click();
        await checkAxe(page);
      }
      for (const opens of ['session-edit', 'session-file']) {
        await page.getByTestId(opens).click();
        await checkAxe(page);
        await page.keyboard.press('Escape');
      }
    });
  });

test('at 200 % text nothing is cut off sideways', async ({ page, last }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"textScale":2}'));
  for (const screen of ['/progress', '/review', '/sessions', `/sessions/${last}`]) {
    await page.goto(screen);
    await settle(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectNothingCutOff(page, screen);
  }
});

test.describe('while it is asked for', () => {
  // Axe waits for what moves.
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('every card keeps its place', async ({ page }) => {
    let answer = (): void => {};
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route(/progress\/summary|review\/weekly|sessions\?/, async (route) => {
      await held;
      await route.continue();
    });
    for (const screen of ['/progress', '/review', '/sessions']) {
      await page.goto(screen);
      await expect(page.getByTestId('loading'), screen).toBeVisible();
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    }
    await checkAxe(page);
    answer();
    await expect(page.getByTestId('session').first()).toBeVisible();
    await expect(page.getByTestId('loading')).toHaveCount(0);
  });
});
