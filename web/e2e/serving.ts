// `spotter serve` for one test: the real server, on a port of its own, with a folder that goes away.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spotterProgram } from './program.mjs';

/** Nobody's settings; only where the networks are. */
const environment = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !name.startsWith('SPOTTER_') || name === 'SPOTTER_NETWORKS',
  ),
);

export interface Served {
  url: string;
  port: number;
  /** Every file in its data folder. */
  kept: () => string[];
  /** What it logged so far. */
  logged: () => string;
  stop: () => Promise<void>;
}

export async function serve(flags: string[]): Promise<Served> {
  const path = spotterProgram();
  if (path === null) throw new Error('there is no `spotter`; run `cargo build --package app`');
  const folder = mkdtempSync(join(tmpdir(), 'spotter-serve-'));
  const args = ['serve', '--listen', '127.0.0.1:0', '--data', folder, '--log', 'debug', ...flags];
  const child = spawn(path, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const port = await address(child, () => log);
  return {
    url: `http://localhost:${port}`,
    port,
    kept: () =>
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name),
    logged: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The port that it tells when it is ready. */
function address(child: ChildProcess, log: () => string): Promise<number> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const port = /http:\/\/127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once('exit', (code) => reject(new Error(`spotter ended with ${code}: ${log()}`)));
    child.once('error', reject);
  });
}
