// Sessions that are over: listed, corrected with and without a network, deleted, taken along as a file.
import { readFile } from 'node:fs/promises';
import { expect } from '@playwright/test';
import { readyForOffline, test } from './seasoned';

interface OnServer {
  title: string;
  sets: { reps: number }[];
}

test('a session is opened, corrected, a set taken out and brought back', async ({
  page,
  served,
  last,
}) => {
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

  const title = page.getByText('Evening');
  const remove = async (): Promise<void> => {
    await page.getByTestId('session-delete').click();
    await page.getByTestId('session-delete-yes').click();
    await expect(page.getByRole('heading', { level: 1, name: 'Sessions' })).toBeVisible();
    await expect(rows.first()).toBeVisible();
    await expect(title).toHaveCount(0);
  };
  await remove();
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click();
  await title.click();
  await remove();
  // Once it cannot be taken back any more, the server hears of it.
  const known = (): Promise<number> =>
    fetch(`${served.url}/api/v1/sessions/${last}`).then(({ status }) => status);
  expect(await known()).toBe(200);
  await expect.poll(known, { timeout: 20_000 }).toBe(404);
});

test('corrections without a network are seen at once, survive a reload, and arrive once it is back', async ({
  page,
  context,
  served,
  last,
}) => {
  const onServer = (): Promise<OnServer> =>
    fetch(`${served.url}/api/v1/sessions/${last}`).then((told) => told.json() as Promise<OnServer>);
  const reps = async (): Promise<number[]> => (await onServer()).sets.map((set) => set.reps);
  const before = await reps();
  await page.goto('/sessions');
  await readyForOffline(page);
  await page.getByTestId('session').first().click();
  const sets = page.getByTestId('done-set');
  await expect(sets).toHaveCount(6);

  await context.setOffline(true);
  await page.goto(`/sessions/${last}`);
  await expect(page.getByTestId('age')).toBeVisible();
  const correct = page.getByRole('button', { name: /^Correct Set 1 of/ }).first();
  await correct.click();
  await page.getByLabel('Reps', { exact: true }).fill('3');
  await page.getByTestId('set-save').click();
  await expect(sets.first()).toContainText(/× 3/);
  await page
    .getByRole('button', { name: /^Delete Set 3 of/ })
    .first()
    .click();
  await expect(sets).toHaveCount(5);
  await page.getByTestId('session-edit').click();
  await page.getByTestId('session-name').fill('Evening');
  await page.getByTestId('session-save').click();

  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Evening' })).toBeVisible();
  await expect(sets).toHaveCount(5);
  await expect(sets.first().getByTestId('kept-here')).toHaveAttribute('data-state', 'waiting');
  await page.goto('/sessions');
  await expect(page.getByTestId('session').first()).toContainText('Evening');
  expect(await reps()).toEqual(before);

  await context.setOffline(false);
  await expect.poll(reps).toEqual([3, before[1], ...before.slice(3)]);
  await expect.poll(async () => (await onServer()).title).toBe('Evening');
  await expect(page.getByTestId('outbox-status')).toBeHidden();
  await page.goto(`/sessions/${last}`);
  await expect(sets).toHaveCount(5);
  await expect(page.getByTestId('kept-here')).toHaveCount(0);
});

test('a correction that the server refuses stays in sight and in the tray', async ({
  page,
  last,
}) => {
  await page.goto(`/sessions/${last}`);
  await page.route('**/sets/*', (route) =>
    route.fulfill({
      status: 422,
      contentType: 'application/problem+json',
      body: '{"detail":"no"}',
    }),
  );
  const first = page.getByTestId('done-set').first();
  await page
    .getByRole('button', { name: /^Correct Set 1 of/ })
    .first()
    .click();
  await page.getByLabel('Reps', { exact: true }).fill('3');
  await page.getByTestId('set-save').click();
  await expect(first).toContainText('× 3');
  await first.getByRole('link', { name: 'refused' }).click();
  await expect(page.getByTestId('outbox-failed')).toContainText('× 3');
  await page.unroute('**/sets/*');
  await page.getByTestId('outbox-retry').click();
  await expect(page.getByRole('heading', { name: 'Everything is sent' })).toBeVisible();
});

test('a session is a file for watches; without a network that is said', async ({
  page,
  context,
  last,
}) => {
  await page.goto(`/sessions/${last}`);
  await page.getByTestId('session-file').click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('session-fit').click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^\d{4}-\d\d-\d\d-(push|legs|pull)\.fit$/);
  expect((await readFile(await file.path())).subarray(8, 12).toString()).toBe('.FIT');

  await context.setOffline(true);
  await page.getByTestId('session-file').click();
  await page.getByTestId('session-fit').click();
  await expect(page.getByRole('alert')).toContainText('Your server writes the file');
});
