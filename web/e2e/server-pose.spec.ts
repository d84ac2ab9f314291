// Poses found by the person's own server: offered only where it is switched on, and nothing is sent without a yes.
//
// These tests need the program (`cargo build --package app`) with the networks, and say so where it is missing.
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import { needClips, STILL_S, train, withCamera } from './camera';
import { spotterProgram } from './program.mjs';
import { serve, type Served } from './serving';
import { beyondAsking, tap, type Wiretap } from './wiretap';

const SWITCH = 'Find poses on the server';
const FRAMES = 'GET /api/v1/ws/frames';

test.use({
  permissions: ['camera'],
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
      ...['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
    ],
  },
  serviceWorkers: 'block',
});

test.skip(spotterProgram() === null, 'there is no `spotter`; run `cargo build --package app`');

let server: Served;
let wire: Wiretap;
test.beforeAll(async () => {
  server = await serve(['--server-pose']);
});
test.afterAll(() => server.stop());
test.beforeEach(async () => {
  wire = await tap(server.port);
});
test.afterEach(() => wire.close());

async function agree(page: Page): Promise<void> {
  await page.getByRole('switch', { name: SWITCH }).click();
  await page.getByTestId('agree-server-pose').click();
}

test('a server that was not asked to offers nothing', async ({ page }) => {
  const asked = page.waitForResponse('**/api/v1/features');
  await page.goto('/settings');
  await asked;
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeVisible();
  await expect(page.getByRole('switch', { name: SWITCH })).toHaveCount(0);
});

test('only the button of the question is a yes, and it can be taken back', async ({ page }) => {
  await page.goto(`${wire.url}/settings`);
  const choice = page.getByRole('switch', { name: SWITCH });
  const dialog = page.getByRole('dialog');
  const agreed = (): Promise<boolean> =>
    page.evaluate(() => {
      const kept = localStorage.getItem('spotter.settings') ?? '{}';
      return (JSON.parse(kept) as { serverPose?: boolean }).serverPose === true;
    });
  await expect(choice).not.toBeChecked();
  const noes = [
    () => page.keyboard.press('Escape'),
    () => page.getByTestId('refuse-server-pose').click(),
    () => dialog.getByRole('button', { name: 'Close' }).click(),
  ];
  for (const no of noes) {
    await choice.focus();
    await page.keyboard.press(' ');
    await expect(dialog).toBeVisible();
    await expect(dialog).toContainText(new URL(wire.url).host);
    await no();
    await expect(dialog).toBeHidden();
    await expect(choice).not.toBeChecked();
    expect(await agreed()).toBe(false);
  }
  await choice.focus();
  await page.keyboard.press(' ');
  for (let n = 0; n < 8; n++) {
    await page.keyboard.press('Tab');
    const outside = await page.evaluate(() => {
      const { activeElement, body } = document;
      return activeElement !== body && activeElement?.closest('dialog') === null;
    });
    expect(outside, 'the focus left the question').toBe(false);
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await page.getByTestId('agree-server-pose').focus();
  await page.keyboard.press('Enter');
  await expect(choice).toBeChecked();
  expect(await agreed()).toBe(true);
  await page.reload();
  await expect(choice).toBeChecked();
  await expect(page.getByTestId('privacy-line')).toContainText('camera pictures go to your server');
  await choice.click();
  await expect(choice).not.toBeChecked();
  expect(await agreed()).toBe(false);
  await expect(page.getByTestId('privacy-line')).toContainText('Video stays on this device');
});

test('with consent the server sees, the page counts, and a sign shows it', async () => {
  needClips();
  test.setTimeout(180_000);
  await withCamera('squat-side', { still_s: STILL_S, site: wire }, async (page, shown) => {
    await page.goto('/settings');
    await agree(page);
    const counted = train(page, 'squat', shown);
    await expect(page.getByTestId('server-pose-indicator')).toBeVisible({ timeout: 20_000 });
    const seen = await counted;
    expect(Math.abs(seen - shown.reps), `${seen} of ${shown.reps}`).toBeLessThanOrEqual(
      shown.tolerance,
    );
    const sent = beyondAsking(wire.sent());
    expect(sent.length).toBe(1);
    expect(sent[0]).toContain(FRAMES);
    // Nothing beside the database of accounts.
    expect(server.kept().filter((name) => !name.startsWith('spotter.db'))).toEqual([]);
    expect(server.logged()).not.toMatch(/JFIF|data:image|base64/);
  });
});

test('without consent nothing is sent, though the server would look', async () => {
  needClips();
  test.setTimeout(180_000);
  await withCamera('squat-side', { still_s: STILL_S, site: wire }, async (page, shown) => {
    await page.goto('/settings');
    await page.getByRole('switch', { name: SWITCH }).click();
    await page.keyboard.press('Escape');
    expect(await train(page, 'squat', shown)).toBeGreaterThan(0);
    await expect(page.getByTestId('server-pose-indicator')).toHaveCount(0);
    expect(beyondAsking(wire.sent())).toEqual([]);
  });
});

test.describe('where the networks do not run', () => {
  test('the server is offered, with the same question', async ({ page }) => {
    await page.route(/\.tflite/, (route) => route.abort());
    await page.goto(`${wire.url}/live?exercise=squat&autostart=1`);
    await expect(page.getByTestId('trouble')).toBeVisible({ timeout: 20_000 });
    const offer = page.getByTestId('server-pose-offer');
    await offer.getByRole('button').click();
    await page.getByTestId('refuse-server-pose').click();
    await expect(page.getByTestId('trouble')).toBeVisible();
    expect(beyondAsking(wire.sent())).toEqual([]);
    await offer.getByRole('button').click();
    await page.getByTestId('agree-server-pose').click();
    await expect(page.getByTestId('server-pose-indicator')).toBeVisible({ timeout: 20_000 });
    await expect.poll(() => beyondAsking(wire.sent()).join('')).toContain(FRAMES);
  });

  test('a consent that is withdrawn in another tab ends the stream', async ({ page, context }) => {
    await page.goto(`${wire.url}/settings`);
    await agree(page);
    await page.goto(`${wire.url}/live?exercise=squat&autostart=1`);
    await expect(page.getByTestId('server-pose-indicator')).toBeVisible({ timeout: 20_000 });
    const other = await context.newPage();
    await other.goto(`${wire.url}/settings`);
    await other.getByRole('switch', { name: SWITCH }).click();
    await expect(page.getByTestId('engine-status')).toHaveAttribute('data-step', 'setup');
    await other.waitForTimeout(500);
    const n_bytes = wire.sent().join('').length;
    await other.waitForTimeout(2000);
    expect(wire.sent().join('').length).toBe(n_bytes);
  });
});
