// Starts the product for the journeys: `spotter serve` with what is in `web/build`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { site, spotterProgram, startSpotter } from './program.mjs';

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

const listen = `127.0.0.1:${process.env.SPOTTER_E2E_PORT ?? 4173}`;
const { server } = startSpotter(spotter, ['--listen', listen]);
server.stdout.resume();
server.stderr.pipe(process.stderr);
server.on('close', (code) => process.exit(code ?? 1));
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => server.kill('SIGTERM'));
