// The `spotter` program that browser tests talk to, and compare with.
import { existsSync } from 'node:fs';
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
