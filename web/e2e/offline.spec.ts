// The second visit needs no network, and nothing that is sent could be a picture.
import { expect, test } from '@playwright/test';
import { finishDemo } from './journeys';

test('a whole set without a network, on the second visit', async ({ page, context }) => {
  test.setTimeout(120_000);
  await page.goto('/settings');
  await expect(page.getByTestId('offline-state')).toHaveAttribute('data-state', 'ready', {
    timeout: 90_000,
  });
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: /Squat/ }).first()).toBeVisible();
  await finishDemo(page, 'squat_side');
  await page.getByTestId('see-report').click();
  await expect(page.getByText('Every rep')).toBeVisible();
});

test('no request carries image data, and nothing goes elsewhere', async ({ page, baseURL }) => {
  const bodies: string[] = [];
  const elsewhere: string[] = [];
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (/^https?:$/.test(protocol) && origin !== new URL(baseURL ?? '').origin)
      elsewhere.push(request.url());
    if (request.method() !== 'GET' || request.postDataBuffer() !== null)
      bodies.push(`${request.method()} ${request.url()}`);
  });
  page.on('websocket', (socket) => bodies.push(`WebSocket ${socket.url()}`));
  await finishDemo(page, 'squat_side');
  await page.getByTestId('see-report').click();
  await page.goto('/settings');
  expect(bodies).toEqual([]);
  expect(elsewhere).toEqual([]);
});

test('the first view is small', async ({ page }) => {
  const scripts: number[] = [];
  page.on('response', (response) => {
    if (new URL(response.url()).pathname.endsWith('.js'))
      scripts.push(Number(response.headers()['content-length'] ?? 0));
  });
  await page.goto('/');
  await expect(page.getByTestId('start-training')).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  // Uncompressed where the server does not compress: a generous bound beside the build's own budget.
  expect(scripts.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(450_000);
});
