// Somebody who answers the welcome's questions, on a server of their own.
import { expect, test as base, type Page } from '@playwright/test';
import { serve, type Served } from './serving';

/** Each test has a server that knows nobody yet. */
export const test = base.extend<{ served: Served }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
  served: async ({}, use) => {
    const served = await serve([]);
    await use(served);
    await served.stop();
  },
  baseURL: async ({ served }, use) => {
    await use(served.url);
  },
});

export const next = (page: Page): Promise<void> => page.getByTestId('next').click();

/** Chooses and goes on to the next card. */
async function choose(
  page: Page,
  question: string,
  ...answers: (string | RegExp)[]
): Promise<void> {
  await expect(page.getByRole('heading', { level: 1, name: question })).toBeVisible();
  for (const name of answers)
    await page.getByRole('radio', { name }).or(page.getByRole('checkbox', { name })).check();
  await next(page);
}

/** From the first question to the one about health data. */
export async function answerPlain(page: Page): Promise<void> {
  await page.goto('/welcome');
  await choose(page, 'What do you train for?', 'Build muscle');
  await choose(page, 'How much have you trained?', 'New to it');
  await choose(page, 'On which days?');
  await choose(page, 'How long is a workout?', '45 minutes');
  await choose(page, 'What do you have?', 'A few things at home');
}

/** Agrees or skips, answers the safety check with `none`, and stands before the last card. */
export async function answerHealth(page: Page, agrees: boolean): Promise<void> {
  const question = 'May your server keep what you say about your health?';
  await choose(page, question, agrees ? 'Yes, keep it' : 'Skip these questions');
  if (agrees) await choose(page, 'Does anything hurt or hold you back?', /^Wrist or hand/);
  await choose(page, 'Is one of these true for you?', 'None of these is true for me');
  if (agrees) await choose(page, 'A little about your body?');
  await expect(page.getByRole('heading', { level: 1, name: 'Ready for your plan?' })).toBeVisible();
}

/** A new visitor, up to their plan. */
export async function makePlan(page: Page): Promise<void> {
  await answerPlain(page);
  await answerHealth(page, true);
  await next(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Here is your plan' })).toBeVisible();
}

/** What the server knows, asked by the page itself. */
export function stateOf(page: Page): Promise<{
  profile: { red_flags: string[]; limits: string[]; consent: { health: boolean } } | null;
  light_only: boolean;
  plan: { id: string } | null;
}> {
  return page.evaluate(async () => (await fetch('/api/v1/state')).json() as Promise<never>);
}

/** The exercises of a day in their order, by id. */
export function exercisesOn(page: Page, day: string): Promise<string[]> {
  return page
    .locator(`#day-${day} [data-testid^="planned-"]`)
    .evaluateAll((rows) =>
      rows.map((row) => (row.getAttribute('data-testid') ?? '').slice('planned-'.length)),
    );
}
