// Somebody with twelve weeks of training, on a server of their own.
import { expect, type Page } from '@playwright/test';
import { test as base } from './athlete';
import { tellSeason } from './season';

/** Each test has a server that knows somebody's last twelve weeks, and the id of their newest session. */
export const test = base.extend<{ last: string }>({
  last: [
    async ({ served }, use) => {
      await use(await tellSeason(served.url));
    },
    { auto: true },
  ],
});

/** Until the service worker can answer in place of the network. */
export async function readyForOffline(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
}

/** Answers two of the four questions of how one feels. */
export async function sayHowYouFeel(page: Page): Promise<void> {
  for (const question of ['How did you sleep?', 'How calm are you?'])
    await page
      .getByRole('group', { name: question })
      .getByRole('radio', { name: /^4/ })
      .check({ force: true });
  await page.getByTestId('check-in-send').click();
}

/** What is too wide for the screen, in pixels. */
export async function expectNothingCutOff(page: Page, what: string): Promise<void> {
  const over = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(over, what).toBeLessThanOrEqual(0);
}
