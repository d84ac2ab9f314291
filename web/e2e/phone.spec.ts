// A phone in the same network: HTTPS with a certificate of our own, let in by the code that `spotter serve --tls` prints.
//
// The browser is on this machine but comes by the network's address, which makes it a stranger to the server. It does not
// trust the certificate either, as a phone does not at first.
import { expect, test } from '@playwright/test';
import { finishDemo } from './journeys';
import { spotterProgram, startSpotter } from './program.mjs';

const spotter = spotterProgram();
test.skip(
  !spotter,
  'there is no `spotter` program; `cargo build -p app`, or set SPOTTER to its path',
);

test('a phone is let in once by its code, and trains', async ({ browser }) => {
  const { server } = startSpotter(spotter ?? '', ['--tls', '--listen', '0.0.0.0:0']);
  server.stderr.pipe(process.stderr);
  const closed = new Promise((resolve) => server.once('close', resolve));
  try {
    const printed = await new Promise<string>((resolve) => {
      let text = '';
      server.stdout.on('data', (chunk: Buffer) => {
        text += chunk.toString();
        if (/trust it|no phone can open it/.test(text)) resolve(text);
      });
      server.once('close', () => resolve(text));
    });
    test.skip(printed.includes('no phone can open it'), 'this machine is in no network');
    const invitation = /https:\S+\/pair\/\S+/.exec(printed)?.[0] ?? '';
    const at = { baseURL: new URL(invitation).origin, ignoreHTTPSErrors: true };

    const phone = await browser.newContext(at);
    const stranger = await browser.newContext(at);
    const references = '/api/v1/references';
    expect((await phone.request.get(references)).status()).toBe(401);
    const page = await phone.newPage();
    await page.goto(invitation);
    await page.getByRole('button', { name: 'Pair this device' }).click();
    await expect(page.getByTestId('start-training')).toBeVisible();
    expect(await page.evaluate(() => [isSecureContext, crossOriginIsolated])).toEqual([true, true]);
    expect((await phone.request.get(references)).status()).toBe(200);
    const isHeard = await page.evaluate(
      () =>
        new Promise((resolve) => {
          const socket = new WebSocket(`wss://${location.host}/api/v1/ws/session`);
          socket.onopen = () => resolve(true);
          socket.onerror = () => resolve(false);
        }),
    );
    expect(isHeard).toBe(true);
    await finishDemo(page, 'squat_side');

    expect((await stranger.request.get(invitation)).status()).toBe(410);
    expect((await stranger.request.get(references)).status()).toBe(401);
    await phone.close();
    await stranger.close();
  } finally {
    server.kill('SIGTERM');
    await closed;
  }
});
