// Anyone can use it: axe, keyboard alone, large text, reduced motion, captions.
import { expect, test, type Page } from '@playwright/test';
import { checkAxe } from './axe';
import { finishDemo, SCREENS, settle } from './journeys';

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    for (const screen of SCREENS) {
      test(`axe finds nothing on ${screen}`, async ({ page }) => {
        await page.goto(screen);
        await settle(page);
        await checkAxe(page);
      });
    }

    test('axe finds nothing during a set, in the rest and in the report', async ({ page }) => {
      await page.goto('/live?demo=squat_side&speed=1');
      await expect(page.getByTestId('rep-count')).toHaveText('1', { timeout: 15_000 });
      await checkAxe(page);
      await page.getByTestId('end-set').click();
      await expect(page.getByTestId('see-report')).toBeVisible();
      await checkAxe(page);
      await page.getByTestId('see-report').click();
      await settle(page);
      await checkAxe(page);
      await page.goto('/history');
      await settle(page);
      await checkAxe(page);
    });
  });
}

test('by keyboard alone: from the start to a finished set and its report', async ({ page }) => {
  await page.goto('/');
  await settle(page);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
  await press(page, 'Watch a demo');
  await expect(page.getByTestId('rep-count')).toHaveText('1', { timeout: 15_000 });
  await page.keyboard.press(' ');
  await expect(page.getByText('Paused')).toBeVisible();
  await page.keyboard.press(' ');
  await expect(page.getByText('Paused')).toBeHidden();
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('see-report')).toBeVisible();
  await press(page, 'See the report');
  await expect(page.getByText('Every rep')).toBeVisible();
});

/** Tabs to a link or button by its name and presses Enter. */
async function press(page: Page, name: string): Promise<void> {
  const goal = page.getByRole('link', { name }).or(page.getByRole('button', { name }));
  for (let n = 0; n < 60; n++) {
    if (await goal.evaluate((element) => element === document.activeElement)) {
      await page.keyboard.press('Enter');
      return;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`\`${name}\` cannot be reached with the Tab key`);
}

test('at 200 % text nothing is cut off sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"textScale":2}'));
  for (const screen of SCREENS) {
    await page.goto(screen);
    await settle(page);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, screen).toBeLessThanOrEqual(0);
  }
  await page.goto('/live?demo=squat_side&speed=1');
  await expect(page.getByTestId('rep-count')).toHaveText('1', { timeout: 15_000 });
  const box = await page.getByTestId('end-set').boundingBox();
  expect(box && box.x >= 0 && box.x + box.width <= 390).toBe(true);
});

test('with reduced motion the figures stand still', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/exercise/squat');
  await expect(page.getByRole('img', { name: 'Squat, as a moving figure' })).toHaveAttribute(
    'src',
    /still/,
  );
  await finishDemo(page, 'squat_side');
  await page.getByTestId('see-report').click();
  const replay = page.getByRole('button', { name: 'Play' });
  await expect(replay).toBeVisible();
});

test('every spoken cue is also written, and captions can be switched off', async ({ page }) => {
  // Collects what the page says and what it shows.
  await page.addInitScript(() => {
    const said: string[] = [];
    Object.assign(window, { said });
    speechSynthesis.speak = (utterance) => {
      if (utterance.text.trim()) said.push(utterance.text);
      setTimeout(() => utterance.dispatchEvent(new Event('end')), 5);
    };
  });
  await page.goto('/live?demo=push_up_hip_sag&speed=2');
  const cue = page.getByTestId('cue');
  await expect(cue).not.toBeEmpty({ timeout: 25_000 });
  const shown = (await cue.textContent())?.trim() ?? '';
  const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
  expect(said.some((text) => shown.includes(text))).toBe(true);
});

test('the page speaks German when asked to', async ({ page }) => {
  await page.goto('/settings');
  await page.getByRole('radio', { name: 'Deutsch' }).check({ force: true });
  await expect(page.getByRole('heading', { level: 1, name: 'Optionen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
});
