// The next set is advised while one logs, without a network, too; and a workout that was ended too early goes on.
import { expect, type Page } from '@playwright/test';
import { test } from './athlete';
import { checkAxe } from './axe';
import { begin, done, nOnServer, open, running } from './logging';

const advice = (page: Page) => page.getByTestId('next-set');

/** Adds an exercise to the workout and gives its sets a load and repetitions. */
async function addPress(page: Page): Promise<void> {
  await page.getByTestId('log-add').click();
  await page.getByTestId('search').fill('bench press');
  await page.getByTestId('choose-bench_press').click();
  const card = page.getByTestId('log-card-bench_press');
  const first = card.getByTestId('set-row').first();
  await first.getByTestId('set-load').fill('60');
  for (const row of await card.getByTestId('set-row').all())
    await row.getByTestId('set-reps').fill('8');
  await first.getByTestId('set-reps').press('Tab');
}

test('after a hard set the next one is advised, taken with one tap and undone, offline', async ({
  page,
  context,
}) => {
  await begin(page);
  await addPress(page);
  const card = page.getByTestId('log-card-bench_press');
  const rows = card.getByTestId('set-row');
  // The engine comes with the log, not with the first question.
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('motion_wasm_bg')),
  );
  await context.setOffline(true);
  await rows.nth(0).getByTestId('set-done').click();
  await expect(advice(page)).toContainText('How many more could you have done?');
  await advice(page).getByTestId('effort-2').click();
  // As planned: nothing to say.
  await expect(advice(page)).toBeHidden();

  await rows.nth(1).getByTestId('set-done').click();
  await advice(page).getByTestId('effort-0').click();
  await expect(advice(page)).toContainText('57.5 kg × 7');
  await expect(advice(page)).toContainText('fewer than you aim for');
  await checkAxe(page);
  const load = rows.nth(2).getByTestId('set-load');
  await advice(page).getByTestId('next-set-take').click();
  await expect(load).toHaveValue('57.5');
  await expect(rows.nth(2).getByTestId('set-reps')).toHaveValue('7');
  await expect(advice(page)).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(load).toHaveValue('60');
  await expect(advice(page)).toContainText('57.5 kg × 7');

  // The server says the same of the same sets.
  await context.setOffline(false);
  await expect.poll(() => nOnServer(page)).toBe(2);
  const id = (await running(page))?.id ?? '';
  const told = await page.evaluate(
    async (path) => (await fetch(path)).json() as Promise<{ load_kg: number; reps: number }>,
    `/api/v1/sessions/${id}/next-set?exercise=bench_press`,
  );
  expect([told.load_kg, told.reps]).toEqual([57.5, 7]);
});

test('whoever chooses pounds is told pounds, by the server and by the advice', async ({ page }) => {
  await begin(page);
  await page.goto('/settings');
  await page.getByRole('radio', { name: 'lb', exact: true }).check({ force: true });
  await expect
    .poll(() =>
      page.evaluate(
        async () => ((await (await fetch('/api/v1/loading')).json()) as { units: string }).units,
      ),
    )
    .toBe('lb');
  await page.goto('/log');
  await addPress(page);
  const card = page.getByTestId('log-card-bench_press');
  const rows = card.getByTestId('set-row');
  // A new load carries on to the sets after it.
  await rows.nth(0).getByTestId('set-load').fill('140');
  await rows.nth(0).getByTestId('set-load').press('Tab');
  await expect(rows.nth(2).getByTestId('set-load')).toHaveValue('140');
  await rows.nth(0).getByTestId('set-done').click();
  await advice(page).getByTestId('effort-2').click();
  // The same load is no advice, though plates add up to another gram.
  await expect(advice(page)).toBeHidden();
  await rows.nth(1).getByTestId('set-done').click();
  await advice(page).getByTestId('effort-0').click();
  await expect(advice(page)).toContainText(/130 lb × 8/);
  await expect(advice(page)).toContainText(/maximum: \d+ lb/);
  await expect(page.getByTestId('outbox-status')).toBeHidden();
});

test('nobody is advised who does not want it', async ({ page }) => {
  await page.addInitScript(() =>
    localStorage.setItem('spotter.settings', JSON.stringify({ nextSet: false })),
  );
  await begin(page);
  await addPress(page);
  const card = page.getByTestId('log-card-bench_press');
  await card.getByTestId('set-done').first().click();
  await expect(done(page)).toHaveCount(1);
  await expect(advice(page)).toBeHidden();
});

test('a workout that was ended too early goes on where it was', async ({ page }) => {
  await begin(page);
  await open(page).first().getByTestId('set-done').click();
  await page.getByTestId('log-finish').click();
  await page.getByTestId('log-finish-yes').click();
  await expect(page.getByTestId('log-summary')).toBeVisible();
  await expect.poll(() => running(page)).toBeNull();
  await page.getByTestId('log-reopen').click();
  await expect(done(page)).toHaveCount(1);
  await expect.poll(() => nOnServer(page)).toBe(1);
  await open(page).first().getByTestId('set-done').click();
  await page.getByTestId('log-finish').click();
  await page.getByTestId('log-finish-yes').click();
  await expect.poll(() => running(page)).toBeNull();
  await expect(page.getByTestId('log-summary')).toBeVisible();
});

test("an exercise of one's own is logged like any other", async ({ page }) => {
  await begin(page);
  await page.evaluate(async () => {
    await fetch('/api/v1/own-exercises/custom_sled', {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: 'Sled drag', like: 'goblet_squat' }),
    });
  });
  await page.reload();
  await page.getByTestId('log-add').click();
  await page.getByTestId('search').fill('sled');
  await page.getByTestId('choose-custom_sled').click();
  const card = page.getByTestId('log-card-custom_sled');
  await card.getByTestId('set-load').first().fill('40');
  await card.getByTestId('set-reps').first().fill('10');
  await card.getByTestId('set-done').first().click();
  await expect.poll(() => nOnServer(page)).toBe(1);
  await card.getByRole('link', { name: 'Sled drag' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sled drag' })).toBeVisible();
  await expect(page.getByText('You have not done it yet')).toBeVisible();
  await checkAxe(page);
});
