// The journeys run against the product, `spotter serve` with the built site: in Debian's Chromium through Playwright, in Firefox
// and WebKit through WebDriver (`e2e/other-browsers`), because Playwright drives only its own builds of those.
import { createServer, type AddressInfo } from 'node:net';
import { defineConfig } from '@playwright/test';

/** Nobody else's port. Playwright reads this file once in each of its processes, which share the environment. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
process.env.SPOTTER_E2E_PORT ??= String(await freePort());
const baseURL = `http://localhost:${process.env.SPOTTER_E2E_PORT}`;

const elsewhere = 'other-browsers/*.spec.ts';
// Journeys in which a network looks at pictures have the machine for themselves: on a busy one it sees too few.
const watching = ['webcam', 'server-pose', 'landmarks', 'demo', 'references', 'offline'].map(
  (name) => `${name}.spec.ts`,
);
const chromium = {
  launchOptions: {
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'],
  },
};
export default defineConfig({
  testDir: 'e2e',
  timeout: 60_000,
  workers: 1,
  reporter: [['list']],
  use: { baseURL },
  projects: [
    { name: 'chromium', testIgnore: [elsewhere, ...watching], use: chromium },
    { name: 'chromium-watching', testMatch: watching, use: chromium },
    { name: 'firefox', testMatch: elsewhere },
    { name: 'webkit', testMatch: elsewhere },
  ],
  webServer: {
    command: 'node e2e/serve.mjs',
    url: baseURL,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
  },
});
