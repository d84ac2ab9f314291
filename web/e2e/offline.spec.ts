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

test('the demo without a network, on the second visit, though nothing else was fetched ahead', async ({
  page,
  context,
}) => {
  // Who saves data gets no networks ahead of time.
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'connection', { value: { saveData: true } }),
  );
  await page.goto('/');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await context.setOffline(true);
  await page.goto('/');
  const kept = await page.evaluate(async () => {
    const list = (await (await fetch('/demo/index.json')).json()) as { id: string }[];
    const answers = list.map(({ id }) => fetch(`/demo/${id}.jsonl`));
    return (await Promise.all(answers)).map((answer) => answer.ok);
  });
  expect(kept.length).toBeGreaterThan(5);
  expect(kept).not.toContain(false);
  await page.getByRole('link', { name: 'Watch a demo' }).click();
  await expect(page.getByTestId('rep-count')).toHaveText('1', { timeout: 30_000 });
  await page.getByTestId('end-set').click();
  await page.getByTestId('see-report').click();
  await expect(page.getByText('Every rep')).toBeVisible();
});

test('what is kept does not hide the pages of the server itself', async ({ page }) => {
  await page.goto('/');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  const kept = await page.goto('/history');
  expect(kept?.fromServiceWorker()).toBe(true);
  for (const path of ['/api/docs', '/pair/some-code', '/tls/ca.crt']) {
    const answer = await page.goto(path);
    expect(answer?.fromServiceWorker(), path).toBe(false);
    await expect(page.getByTestId('start-training'), path).toBeHidden();
  }
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
  const scripts: { coding: string | undefined; bytes: number }[] = [];
  page.on('response', (response) => {
    const { 'content-encoding': coding, 'content-length': length } = response.headers();
    if (new URL(response.url()).pathname.endsWith('.js'))
      scripts.push({ coding, bytes: Number(length) });
  });
  await page.goto('/');
  await expect(page.getByTestId('start-training')).toBeVisible();
  expect(scripts.length).toBeGreaterThan(0);
  const plain = scripts.filter(({ coding, bytes }) => coding !== 'br' && !(bytes < 200));
  expect(plain).toEqual([]);
  expect(scripts.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(150_000);
});
