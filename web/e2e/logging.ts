// A running workout: how a test gets there, and what is done in it here and on the server.
import { expect, type Page } from '@playwright/test';
import { makePlan } from './athlete';

interface SetOnServer {
  id: string;
  reps: number | null;
  load_kg: number | null;
  place: number;
}
interface OnServer {
  id: string;
  ended_at_ms: number | null;
  srpe: number | null;
  sets: SetOnServer[];
}

interface Week {
  starts_on: string;
  days: { date: string }[];
}

/** A plan whose first workout is today's: plans begin on Mondays, and nobody logs what is still to come. */
export async function planToday(page: Page): Promise<void> {
  await makePlan(page);
  const startsOn = await page.evaluate(
    async () =>
      ((await (await fetch('/api/v1/state')).json()) as { plan: { starts_on: string } }).plan
        .starts_on,
  );
  const today = await page.evaluate(() => {
    const now = new Date();
    return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  });
  await page.context().route(/\/api\/v1\/weekly-plan/, async (route) => {
    const headers = { ...route.request().headers() };
    delete headers['if-none-match'];
    const url = route
      .request()
      .url()
      .replace(/date=[\d-]+/, `date=${startsOn}`);
    const response = await route.fetch({ url, headers });
    const week = (await response.json()) as Week;
    const days = week.days.slice(0, 1).map((day) => ({ ...day, date: today }));
    await route.fulfill({ response, json: { ...week, starts_on: today, days } });
  });
}

/** From a new visitor to a running workout of the plan. */
export async function begin(page: Page): Promise<void> {
  await planToday(page);
  await page.goto('/');
  await page.getByTestId('log-start').click();
  await expect(page.getByTestId('set-row').first()).toBeVisible();
}

export const running = (page: Page): Promise<OnServer | null> =>
  page.evaluate(
    async () =>
      ((await (await fetch('/api/v1/sessions/running')).json()) as { session: OnServer | null })
        .session,
  );
export const nOnServer = async (page: Page): Promise<number> =>
  (await running(page))?.sets.length ?? -1;
export const open = (page: Page) => page.locator('[data-testid="set-row"][data-done="false"]');
export const done = (page: Page) => page.locator('[data-testid="set-row"][data-done="true"]');
