// Twelve weeks of training, looked back at: readiness, muscles, courses, records, the year, each week.
import { expect } from '@playwright/test';
import { settle } from './journeys';
import { dateOf, plusDays, PROFILE } from './season';
import { readyForOffline, sayHowYouFeel, test } from './seasoned';

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
  const n_records = await page.getByTestId('records').getByRole('row').count();
  await page.getByTestId('records-all').click();
  expect(await page.getByTestId('records').getByRole('row').count()).toBeGreaterThan(n_records);

  await expect(page.getByTestId('readiness')).toHaveText('–');
  await sayHowYouFeel(page);
  await expect(page.getByTestId('readiness')).toHaveText(/^\d+$/);
  await expect(page.getByText('What moved it')).toBeVisible();
});

test('how one feels without a network is kept here, over a reload, and told once it is back', async ({
  page,
  context,
}) => {
  await page.goto('/progress');
  await expect(page.getByTestId('progress')).toBeVisible();
  await readyForOffline(page);
  await context.setOffline(true);
  await page.goto('/progress');
  await sayHowYouFeel(page);
  const kept = page.getByTestId('check-in-kept');
  await expect(kept).toContainText('Sleep 4 of 5');
  await page.reload();
  await expect(kept.getByTestId('kept-here')).toHaveAttribute('data-state', 'waiting');
  await expect(page.getByTestId('readiness')).toHaveText('–');
  await context.setOffline(false);
  await expect(page.getByTestId('readiness')).toHaveText(/^\d+$/);
  await expect(kept).toBeHidden();
});

test('how one feels is not kept by the server until its person agrees, and is not dropped either', async ({
  page,
  served,
}) => {
  const body = JSON.stringify({ ...PROFILE, consent: { health: false } });
  const headers = { 'content-type': 'application/json' };
  await fetch(`${served.url}/api/v1/profile`, { method: 'PUT', headers, body });
  await page.goto('/progress');
  await sayHowYouFeel(page);
  await expect(
    page.getByTestId('check-in-kept').getByRole('link', { name: 'refused' }),
  ).toBeVisible();
  await page.reload();
  await page.getByTestId('consent').getByRole('button').click();
  await expect(page.getByTestId('readiness')).toHaveText(/^\d+$/);
  await expect(page.getByTestId('outbox-status')).toBeHidden();
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

test('a page that cannot be drawn says so, and others still can', async ({ page }) => {
  await page.route(/\/review\/weekly/, async (route) => {
    const response = await route.fetch();
    const review = (await response.json()) as { changes: unknown[] };
    // Twice the same: what no server of ours tells.
    await route.fulfill({ json: { ...review, changes: [...review.changes, ...review.changes] } });
  });
  await page.goto(`/review?date=${plusDays(dateOf(new Date()), -7)}`);
  const broken = page.getByRole('heading', { level: 2, name: 'This page could not be shown' });
  await expect(broken).toBeVisible();
  await page.getByRole('link', { name: 'Progress' }).first().click();
  await expect(page.getByTestId('readiness')).toBeVisible();
  await expect(broken).toBeHidden();
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
  await readyForOffline(page);
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
});
