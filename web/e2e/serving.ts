// `spotter serve` for one test: the real server on a port of its own, with what it kept and logged.
import type { ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { spotterProgram, startSpotter } from './program.mjs';

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
  const listen = ['--listen', '127.0.0.1:0'];
  const { server: child, data } = startSpotter(path, [...listen, ...flags], 'debug');
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  let log = '';
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const port = await address(child, () => log);
  return {
    url: `http://localhost:${port}`,
    port,
    kept: () =>
      readdirSync(data, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name),
    logged: () => log,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
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
