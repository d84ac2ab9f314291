// The `spotter` program that browser tests talk to, and compare with.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

/** The built site. */
export const site = join(root, 'web/build');

/**
 * The program's path: `SPOTTER`, or what `cargo build` made; null where there is none. A debug build reads the site when it
 * starts; a release build has the one inside that was there when it was built.
 */
export function spotterProgram() {
  const candidates = [
    process.env.SPOTTER,
    join(target, 'debug/spotter'),
    join(target, 'release/spotter'),
  ];
  return candidates.find((path) => path !== undefined && existsSync(path)) ?? null;
}

/**
 * Starts `spotter serve` on a data folder that goes away with it. It reads nobody's settings, only where the networks are:
 * what a fresh installation has is tested. What it prints comes through `stdout`, what it logs through `stderr`.
 */
export function startSpotter(spotter, args, log = 'warn') {
  const data = mkdtempSync(join(tmpdir(), 'spotter-data-'));
  const env = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('SPOTTER_') || name === 'SPOTTER_NETWORKS',
    ),
  );
  const server = spawn(spotter, ['serve', '--data', data, '--log', log, ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  server.on('error', (error) =>
    console.error(`\`${spotter}\` cannot be started: ${error.message}`),
  );
  server.on('close', () => rmSync(data, { recursive: true, force: true }));
  return { server, data };
}
