// The screens around a plan are for everyone: axe, large text.
import { expect } from '@playwright/test';
import { answerHealth, answerPlain, makePlan, next, test } from './athlete';
import { checkAxe } from './axe';
import { settle } from './journeys';

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('axe finds nothing from the first question to the plan and its changes', async ({
      page,
    }) => {
      test.setTimeout(180_000);
      await answerPlain(page);
      await answerHealth(page, true);
      for (const step of [
        ...['goal', 'level', 'days', 'minutes', 'kit', 'consent', 'limits', 'check', 'body'],
        'make',
      ]) {
        await page.goto(`/welcome?step=${step}`);
        await settle(page);
        await checkAxe(page);
      }
      await next(page);
      await expect(page.getByTestId('edit')).toBeVisible();
      await page.getByText('Why').first().click();
      await checkAxe(page);
      await page.getByTestId('edit').click();
      await page
        .getByTestId(/^numbers-/)
        .first()
        .click();
      await checkAxe(page);
      await page
        .getByTestId(/^swap-/)
        .first()
        .click();
      await expect(page.getByRole('dialog').getByRole('button').nth(1)).toBeVisible();
      await checkAxe(page);
      await page.getByRole('button', { name: 'Close' }).click();
      await page.getByTestId('add-Mon').click();
      await checkAxe(page);
      for (const screen of ['/', '/settings', '/sign-in']) {
        await page.goto(screen);
        await settle(page);
        await checkAxe(page);
      }
    });

    test('axe finds nothing where somebody should see a professional', async ({ page }) => {
      await answerPlain(page);
      await page.getByRole('radio', { name: 'Skip these questions' }).check();
      await next(page);
      await page.getByRole('checkbox', { name: /I am pregnant/ }).check();
      await next(page);
      await expect(page.getByRole('heading', { name: 'See somebody first' })).toBeVisible();
      await checkAxe(page);
    });
  });

test('at 200 % text nothing is cut off sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"textScale":2}'));
  await makePlan(page);
  const check = async (what: string): Promise<void> => {
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, what).toBeLessThanOrEqual(0);
  };
  await check('plan');
  await page.getByTestId('edit').click();
  await page
    .getByTestId(/^numbers-/)
    .first()
    .click();
  await check('changes');
  for (const step of ['goal', 'days', 'kit', 'consent', 'limits', 'check', 'body', 'make']) {
    await page.goto(`/welcome?step=${step}`);
    await settle(page);
    await check(step);
  }
  for (const screen of ['/', '/settings', '/sign-in']) {
    await page.goto(screen);
    await settle(page);
    await check(screen);
  }
});
