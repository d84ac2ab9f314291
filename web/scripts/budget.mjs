// Fails the build when the first view loads more JavaScript than a phone on a slow line should wait for.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const BUDGET_KB = 150;
const build = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build');
const page = readFileSync(join(build, 'index.html'), 'utf8');

// What the page names (entry points and their preloads), then whatever those import statically, and the home page's node.
const seen = new Set();
const queue = [...page.matchAll(/_app\/immutable\/[\w/.-]+\.js/g)].map((match) => match[0]);
const nodes = join(build, '_app/immutable/nodes');
for (const name of readdirSync(nodes))
  if (/^[02]\./.test(name)) queue.push(`_app/immutable/nodes/${name}`);
let bytes = 0;
while (queue.length > 0) {
  const path = queue.pop();
  if (seen.has(path)) continue;
  seen.add(path);
  const source = readFileSync(join(build, path), 'utf8');
  bytes += gzipSync(source).length;
  for (const [, , target] of source.matchAll(/(\bfrom|\bimport)\s*["']([^"']+\.js)["']/g))
    queue.push(join(dirname(path), target));
}
const kb = Math.ceil(bytes / 1024);
console.log(
  `first view: ${kb} KB of gzipped JavaScript in ${seen.size} files (budget ${BUDGET_KB} KB)`,
);
if (kb > BUDGET_KB) throw new Error('the first view is over its budget');
