// Starts the product for the journeys: `spotter serve` with what is in `web/build`, on a data folder that goes away.
//
// It reads nobody's settings: only what a fresh installation has is tested.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { site, spotterProgram } from './program.mjs';

const spotter = spotterProgram();
const missing = [
  existsSync(join(site, 'index.html'))
    ? null
    : 'the site is not built: run `cargo xtask web` first (or `npm --prefix web run build`)',
  spotter
    ? null
    : 'there is no `spotter` program: run `cargo build --package app` first, or set SPOTTER to its path',
].filter((reason) => reason !== null);
if (missing.length > 0 || !spotter) {
  console.error(
    `The journeys cannot start:\n  ${missing.join('\n  ')}\n\`cargo xtask e2e\` does it all.`,
  );
  process.exit(1);
}

const data = mkdtempSync(join(tmpdir(), 'spotter-e2e-'));
const env = Object.fromEntries(
  Object.entries(process.env).filter(([key]) => !key.startsWith('SPOTTER_')),
);
const listen = `127.0.0.1:${process.env.SPOTTER_E2E_PORT ?? 4173}`;
const server = spawn(spotter, ['serve', '--listen', listen, '--data', data, '--log', 'warn'], {
  env,
  stdio: ['ignore', 'ignore', 'inherit'],
});
server.on('error', (error) => {
  console.error(`\`${spotter}\` cannot be started: ${error.message}`);
});
server.on('close', (code) => {
  rmSync(data, { recursive: true, force: true });
  process.exit(code ?? 1);
});
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.kill('SIGTERM'));
