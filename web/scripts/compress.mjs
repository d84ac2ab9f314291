// Writes a brotli copy beside every file of the built site that shrinks by it; the server hands it to whoever accepts one.
//
// Not the adapter's `precompress`: that spends two and a half minutes on the WebAssembly at the highest quality, and leaves
// out the networks and recordings. Browsers that take no brotli get the file as it is.
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompress, constants } from 'node:zlib';
import { promisify } from 'node:util';

const build = join(dirname(dirname(fileURLToPath(import.meta.url))), 'build');
/** A copy that saves less than this is not worth its place in the program. */
const LARGEST_SHARE = 0.9;
/** What is compressed as well as possible; anything larger would take half a minute for some percent. */
const SMALL_BYTES = 400_000;

const compress = promisify(brotliCompress);
async function copyOf(path) {
  const bytes = readFileSync(path);
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: bytes.length < SMALL_BYTES ? 11 : 6,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  };
  const smaller = await compress(bytes, { params });
  if (smaller.length > bytes.length * LARGEST_SHARE) return { before: 0, after: 0 };
  writeFileSync(`${path}.br`, smaller);
  return { before: bytes.length, after: smaller.length };
}

const paths = readdirSync(build, { recursive: true })
  .map((name) => join(build, name))
  .filter((path) => statSync(path).isFile() && !path.endsWith('.br'));
const copies = await Promise.all(paths.map(copyOf));
const megabytes = (key) => (copies.reduce((sum, one) => sum + one[key], 0) / 1e6).toFixed(1);
const n = copies.filter((one) => one.before > 0).length;
console.log(
  `compressed: ${n} of ${paths.length} files, ${megabytes('before')} to ${megabytes('after')} MB`,
);
