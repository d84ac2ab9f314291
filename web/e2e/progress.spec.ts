// Twelve weeks of training, looked back at: readiness, muscles, courses, records, the year, each week and each session.
import { expect, type Page } from '@playwright/test';
import { test as base } from './athlete';
import { checkAxe } from './axe';
import { settle } from './journeys';
import { dateOf, plusDays, tellSeason } from './season';

/** Each test has a server that knows somebody's last twelve weeks, and the newest session of them. */
const test = base.extend<{ last: string }>({
  last: [
    async ({ served }, use) => {
      await use(await tellSeason(served.url));
    },
    { auto: true },
  ],
});

const sideways = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

test('progress tells the same as its tables, and answers what somebody says of today', async ({
  page,
}) => {
  await page.goto('/progress');
  await expect(page.getByTestId('progress')).toBeVisible();
  await expect(page.getByTestId('streak')).toContainText('weeks in a row');
  await expect(page.getByTestId('load-says')).not.toBeEmpty();
  const freshness = page.getByTestId('freshness-table');
  await freshness.getByText('Show as table').click();
  await expect(freshness.getByRole('row')).toHaveCount(25);
  const volume = page.getByTestId('volume-table');
  await volume.getByText('Show as table').click();
  await expect(volume.getByRole('columnheader')).toHaveCount(13);
  await expect(
    page
      .getByTestId('records')
      .getByText(/^beat /)
      .first(),
  ).toBeVisible();

  await expect(page.getByTestId('readiness')).toHaveText('–');
  for (const question of ['How did you sleep?', 'How calm are you?'])
    await page
      .getByRole('group', { name: question })
      .getByRole('radio', { name: /^4/ })
      .check({ force: true });
  await page.getByTestId('check-in-send').click();
  await expect(page.getByTestId('readiness')).toHaveText(/^\d+$/);
  await expect(page.getByText('What moved it')).toBeVisible();
});

test('where an exercise goes is told in words, with its interval', async ({ page }) => {
  await page.goto('/progress');
  await page.getByTestId('course-exercise').selectOption('bench_press');
  await expect(page.getByTestId('trend')).toContainText(/Rising: \+.* kg each session, 90 % sure/);
  await expect(page.getByTestId('trend')).toContainText('Confidence:');
  await page.getByTestId('course-exercise').selectOption('push_up');
  await page.getByRole('radio', { name: 'Technique' }).check({ force: true });
  await expect(page.getByRole('heading', { name: /Technique, of 100/ })).toBeVisible();
});

test('an easier week is begun and ended', async ({ page }) => {
  await page.goto('/progress');
  await page.getByTestId('deload-start').click();
  await expect(page.getByTestId('deload')).toHaveAttribute('data-verdict', 'running');
  await page.getByTestId('deload-end').click();
  await expect(page.getByTestId('deload')).not.toHaveAttribute('data-verdict', 'running');
});

test('by keyboard: from the body to a muscle’s weeks, and over the year to a session', async ({
  page,
}) => {
  await page.goto('/progress');
  const map = page.getByRole('group', { name: 'How recovered each muscle is' });
  await map.locator('[tabindex="0"]').first().focus();
  await page.keyboard.press('End');
  const muscle = await page.evaluate(() => document.activeElement?.getAttribute('data-muscle'));
  await page.keyboard.press('Enter');
  await expect(page.locator(`#muscle-${muscle}`)).toBeFocused();

  const grid = page.getByTestId('year');
  await grid.locator('[tabindex="0"]').focus();
  await page.keyboard.press('Home');
  await expect(page.locator(':focus')).toHaveAccessibleName(/no training/);
  await page.keyboard.press('End');
  for (let n = 0; n < 7; n++) {
    const name = await page.locator(':focus').getAttribute('aria-label');
    if (name?.includes('sets')) break;
    await page.keyboard.press('ArrowUp');
  }
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('session-detail')).toBeVisible();
});

test('a week is looked back at, and the week before', async ({ page }) => {
  const last_week = plusDays(dateOf(new Date()), -7);
  await page.goto(`/review?date=${last_week}`);
  await expect(page.getByTestId('findings').getByRole('listitem').first()).toBeVisible();
  await expect(page.getByTestId('decisions').getByRole('listitem').first()).toBeVisible();
  await expect(page.getByTestId('muscles').getByRole('rowheader', { name: 'Chest' })).toBeVisible();
  const week = (await page.getByTestId('review-week').textContent()) ?? '';
  await page.getByTestId('week-before').click();
  await expect(page.getByTestId('review-week')).not.toHaveText(week);
  await page.getByTestId('week-after').click();
  await expect(page.getByTestId('review-week')).toHaveText(week);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByTestId('week-before')).toBeHidden();
});

test('a session is opened, corrected, a set taken out and brought back', async ({ page }) => {
  await page.goto('/sessions');
  const rows = page.getByTestId('session');
  await expect(rows).toHaveCount(30);
  await page.getByTestId('older').click();
  await expect.poll(() => rows.count()).toBeGreaterThan(30);
  await rows.first().click();
  const sets = page.getByTestId('done-set');
  await expect(sets).toHaveCount(6);
  await expect(sets.first()).toContainText('Asked:');

  await page
    .getByRole('button', { name: /^Delete Set 1 of/ })
    .first()
    .click();
  await expect(sets).toHaveCount(5);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect(sets).toHaveCount(6);

  await page
    .getByRole('button', { name: /^Correct Set 1 of/ })
    .first()
    .click();
  await page.getByLabel('Reps', { exact: true }).fill('3');
  await page.getByTestId('set-save').click();
  await expect(sets.first()).toContainText(/× 3|3 reps/);

  await page.getByTestId('session-edit').click();
  await page.getByTestId('session-name').fill('Evening');
  await page.getByTestId('session-save').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Evening' })).toBeVisible();

  await page.getByTestId('take-back').first().click();
  await expect(page.getByText('Stays as it was').first()).toBeVisible();

  await page.getByTestId('session-delete').click();
  await page.getByTestId('session-delete-yes').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sessions' })).toBeVisible();
  await expect(page.getByText('Evening')).toHaveCount(0);
});

test('an exercise knows what one did of it', async ({ page }) => {
  await page.goto('/exercise/push_up');
  const history = page.getByTestId('your-history');
  await expect(history.getByRole('listitem')).toHaveCount(8);
  await history.getByRole('link').first().click();
  await expect(page.getByTestId('session-detail')).toBeVisible();
});

test('what was seen once is there without a network, with its age', async ({
  page,
  context,
  last,
}) => {
  await page.goto('/progress');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const screens = ['/progress', '/review', '/sessions', `/sessions/${last}`];
  for (const screen of screens) {
    await page.goto(screen);
    await settle(page);
    await expect(page.getByTestId('age')).toBeHidden();
  }
  await context.setOffline(true);
  for (const screen of screens) {
    await page.goto(screen);
    await expect(page.getByTestId('age')).toContainText('This is from');
  }
  await expect(page.getByTestId('session-edit')).toBeDisabled();
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });
    test('axe finds nothing', async ({ page, last }) => {
      test.setTimeout(180_000);
      for (const screen of ['/progress', '/review', '/sessions', `/sessions/${last}`]) {
        await page.goto(screen);
        await settle(page);
        await expect(page.getByTestId('age')).toBeHidden();
        for (const table of await page.getByText('Show as table').all()) await table.click();
        await checkAxe(page);
      }
      await page.getByTestId('session-edit').click();
      await checkAxe(page);
    });
  });

test('at 200 % text nothing is cut off sideways', async ({ page, last }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"textScale":2}'));
  for (const screen of ['/progress', '/review', '/sessions', `/sessions/${last}`]) {
    await page.goto(screen);
    await settle(page);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(await sideways(page), screen).toBeLessThanOrEqual(0);
  }
});
