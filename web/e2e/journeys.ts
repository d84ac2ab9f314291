// Steps that several journeys share.
import { expect, type Page } from '@playwright/test';

/** Every screen that can be opened by its address. */
export const SCREENS = [
  '/',
  '/library',
  '/exercise/squat',
  '/exercise/farmers_carry',
  '/live?exercise=push_up',
  '/log',
  '/outbox',
  '/welcome',
  '/plan',
  '/sign-in',
  '/analyze',
  '/history',
  '/settings',
  '/nowhere',
] as const;

/** Runs a recorded set as fast as it goes, up to the rest after it. */
export async function finishDemo(page: Page, demo: string): Promise<void> {
  await page.goto(`/live?demo=${demo}&speed=0`);
  await expect(page.getByTestId('see-report')).toBeVisible({ timeout: 30_000 });
}

/** Waits until the screen shows its content. */
export async function settle(page: Page): Promise<void> {
  await expect(page.locator('h1').first()).toBeAttached();
  await expect(page.getByTestId('loading')).toHaveCount(0);
  await page.evaluate(() => document.fonts.ready);
}
