// Today knows what is done: what is logged counts like what the camera saw, with and without a network.
import { expect } from '@playwright/test';
import { test } from './athlete';
import { begin, done, nOnServer, open } from './logging';

test('an exercise that is logged is done today, with and without a network', async ({
  page,
  context,
}) => {
  await begin(page);
  const card = page.locator('[data-testid^="log-card-"]').first();
  const rows = card.getByTestId('set-row');
  const n_rows = await rows.count();
  await context.setOffline(true);
  for (let n = 0; n < n_rows; n++)
    await card.locator(open(page)).first().getByTestId('set-done').click();
  await expect(done(page)).toHaveCount(n_rows);
  await page.getByRole('link', { name: 'Today' }).click();
  const marks = page.getByText('done', { exact: true });
  await expect(marks).toHaveCount(1);
  await expect(page.getByText(/^1 of \d+ exercises done/)).toBeVisible();
  await context.setOffline(false);
  await expect.poll(() => nOnServer(page)).toBe(n_rows);
  // As the server tells it to a device that has nothing of it.
  await page.goto('/icon.svg');
  await page.evaluate(
    (names) =>
      Promise.all(
        names.map(
          (name) =>
            new Promise((resolve, reject) => {
              const asked = indexedDB.deleteDatabase(name);
              asked.onsuccess = resolve;
              asked.onerror = reject;
            }),
        ),
      ).then(() => {}),
    ['spotter-log', 'spotter-outbox'],
  );
  await page.goto('/');
  await expect(page.getByTestId('log-continue')).toBeHidden();
  await expect(marks).toHaveCount(1);
});
