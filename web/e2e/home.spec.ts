// The first thing anyone sees.
import { expect, test } from '@playwright/test';

test('one button starts, and every exercise can be picked', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByTestId('start-training')).toBeVisible();
  await page.getByRole('link', { name: /^Push-up/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Push-up' })).toBeVisible();
  await page.getByRole('link', { name: 'Start training' }).click();
  await expect(page.getByTestId('exercise-select')).toHaveValue('push_up');
  await expect(page.getByText('Video stays on this device')).toBeVisible();
});
