// Large files of the engine (networks, runtimes): fetched once, checked, and kept for offline use.
//
// `/wasm/files.json`, written by the build, tells each file's size and SHA-256. The sum is part of the key in the cache, so
// a new version of a file is never mistaken for the old one, and old ones are thrown out. Of these the page's service worker
// keeps the motion engine, too, so that a demo plays offline where nothing else was fetched.
import { EngineError } from './failure';

const CACHE = 'spotter-engine';

export interface EngineFile {
  bytes: number;
  sha256: string;
}
export type EngineFiles = Record<string, EngineFile>;
export type OnBytes = (loaded: number, total: number) => void;

/** Reads the build's list of files. Offline it comes from the service worker or the HTTP cache. */
export async function engineFiles(origin: string): Promise<EngineFiles> {
  const url = new URL('/wasm/files.json', origin);
  const cache = await openCache();
  const response = await fetch(url).catch(() => cache?.match(url));
  if (!response?.ok) throw unreachable(url.pathname, response?.status);
  const files = await (response.clone().json() as Promise<EngineFiles>).catch(() => {
    // A server that answers everything with the app's page.
    throw unreachable(url.pathname, 404);
  });
  await cache?.put(url, response).catch(ignore);
  await prune(cache, origin, files);
  return files;
}

/** The bytes of one file, from the cache where it is there. */
export async function download(
  origin: string,
  path: string,
  file: EngineFile | undefined,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  if (!file)
    throw new EngineError(
      'load',
      `\`${path}\` is not part of this site; rebuild it with \`npm run build\``,
    );
  const url = keyed(origin, path, file);
  const cache = await openCache();
  const kept = await cache?.match(url);
  const response = kept ?? (await fetch(url).catch(() => undefined));
  if (!response?.ok) throw unreachable(path, response?.status);
  const bytes = await readAll(response, file.bytes, onBytes);
  if (kept) return bytes;
  const complete = bytes.byteLength === file.bytes && (await sumOf(bytes)) === file.sha256;
  if (!complete)
    throw new EngineError('load', `\`${path}\` arrived damaged; reload the page to fetch it again`);
  // A full disk or a private window only means that it is fetched again next time.
  await cache
    ?.put(url, new Response(bytes, { headers: { 'Content-Length': `${file.bytes}` } }))
    .catch(ignore);
  return bytes;
}

function keyed(origin: string, path: string, file: EngineFile): URL {
  const url = new URL(path, origin);
  url.searchParams.set('v', file.sha256.slice(0, 16));
  return url;
}

async function readAll(
  response: Response,
  total: number,
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = response.body?.getReader();
  if (!reader) return new Uint8Array(await response.arrayBuffer());
  const parts: Uint8Array[] = [];
  let loaded = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    loaded += value.byteLength;
    onBytes(loaded, total);
  }
  const whole = new Uint8Array(loaded);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.byteLength;
  }
  return whole;
}

async function sumOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const sum = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(sum, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

async function prune(cache: Cache | undefined, origin: string, files: EngineFiles): Promise<void> {
  const wanted = new Set(
    Object.entries(files).map(([path, file]) => keyed(origin, path, file).href),
  );
  wanted.add(new URL('/wasm/files.json', origin).href);
  for (const request of (await cache?.keys()) ?? [])
    if (!wanted.has(request.url)) await cache?.delete(request);
}

async function openCache(): Promise<Cache | undefined> {
  return typeof caches === 'undefined' ? undefined : caches.open(CACHE).catch(() => undefined);
}

function unreachable(path: string, status: number | undefined): EngineError {
  const why = status === undefined ? 'there is no connection' : `the server answered ${status}`;
  return new EngineError(
    'load',
    `\`${path}\` could not be loaded: ${why}; check the connection and try again`,
  );
}

function ignore(): void {
  // What could not be kept is fetched again.
}
