// An account of one's own on a server that lets people in: made, guarded, taken along, deleted.
import { readFileSync } from 'node:fs';
import { expect, test as base, type Page } from '@playwright/test';
import { answerHealth, answerPlain, next, stateOf } from './athlete';
import { checkAxe } from './axe';
import { settle } from './journeys';
import { serve, type Served } from './serving';

const test = base.extend<{ served: Served }>({
  // eslint-disable-next-line no-empty-pattern -- Playwright reads from the pattern what a fixture needs.
  served: async ({}, use) => {
    const served = await serve(['--sign-up']);
    await use(served);
    await served.stop();
  },
  baseURL: async ({ served }, use) => {
    await use(served.url);
  },
});

const PASSWORD = 'a horse that climbs stairs';

async function signUp(page: Page, name: string): Promise<void> {
  await page.goto('/sign-in?to=/settings');
  await page.getByRole('radio', { name: 'Make an account' }).check();
  await page.getByTestId('name').fill(name);
  await page.getByTestId('password').fill(PASSWORD);
  await page.getByTestId('sign-in').click();
  await expect(page.getByTestId('me')).toHaveText(name);
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto('/sign-in?to=/settings');
  await page.getByTestId('name').fill(name);
  await page.getByTestId('password').fill(password);
  await page.getByTestId('sign-in').click();
}

test('made, signed out, signed in with another password, and one device shut out', async ({
  page,
  browser,
  baseURL,
}) => {
  await signUp(page, 'anna');
  await checkAxe(page);
  await page.getByTestId('password').click();
  await page.getByLabel('Present password').fill(PASSWORD);
  await page.getByLabel('New password').fill('short');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByLabel('New password')).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('New password').fill(`${PASSWORD} twice`);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('The password is changed.')).toBeVisible();

  const other = await (await browser.newContext(baseURL ? { baseURL } : {})).newPage();
  await signIn(other, 'anna', PASSWORD);
  await expect(other.getByText('Name or password is wrong.')).toBeVisible();
  await signIn(other, 'anna', `${PASSWORD} twice`);
  await expect(other.getByTestId('me')).toHaveText('anna');

  await page.reload();
  const devices = page.getByRole('listitem').filter({ hasText: 'last seen' });
  await expect(devices).toHaveCount(2);
  await devices
    .filter({ hasNotText: 'this device' })
    .getByRole('button', { name: /^Sign out/ })
    .click();
  await expect(devices).toHaveCount(1);
  await other.reload();
  // Nobody, not the owner of the machine: what a signed-out person does must not end up with somebody else.
  await expect(other.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
  await expect(other.getByTestId('me')).toHaveCount(0);

  await page.getByTestId('sign-out').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await other.context().close();
});

test('nobody finds a plan of whoever was here before', async ({ page, context }) => {
  await signUp(page, 'anna');
  await answerPlain(page);
  await answerHealth(page, false);
  await next(page);
  await expect(page.getByTestId('edit')).toBeVisible();
  await page.goto('/settings');
  await page.getByTestId('sign-out').click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.goto('/plan');
  await settle(page);
  await expect(page.getByRole('heading', { name: 'Your plan is not here yet' })).toBeVisible();
  await context.setOffline(false);
  await signUp(page, 'ben');
  await page.goto('/plan');
  await expect(page.getByRole('heading', { name: 'No plan yet' })).toBeVisible();
});

test('consent is withdrawn, everything is taken along, deleted, and brought back', async ({
  page,
}) => {
  await signUp(page, 'anna');
  await answerPlain(page);
  await answerHealth(page, true);
  await next(page);
  await expect(page.getByTestId('edit')).toBeVisible();
  const before = await stateOf(page);

  await page.goto('/settings');
  const download = page.waitForEvent('download');
  await page.getByTestId('export').click();
  const file = await (await download).path();
  expect(readFileSync(file).subarray(0, 2).toString()).toBe('PK');

  await page.getByTestId('withdraw').click();
  await page.getByTestId('confirm-withdraw').click();
  await expect(page.getByText('Your health data is deleted.')).toBeVisible();
  expect((await stateOf(page)).profile).toMatchObject({ limits: [], consent: { health: false } });

  await page.getByTestId('delete-account').click();
  const really = page.getByTestId('confirm-delete-account');
  await expect(really).toBeDisabled();
  await checkAxe(page);
  await page.getByTestId('type-name').fill('anna');
  await really.click();
  await expect(page).toHaveURL('/');
  await signIn(page, 'anna', PASSWORD);
  await expect(page.getByText('Name or password is wrong.')).toBeVisible();

  await signUp(page, 'anna');
  await page.getByTestId('import').setInputFiles(file);
  await expect(page.getByText('Everything is imported.')).toBeVisible();
  const after = await stateOf(page);
  expect(after.profile).toEqual(before.profile);
  expect(after.plan?.id).toBe(before.plan?.id);
});
