// Keeps the site on the device: page, scripts, styles, the exercises with their still figures, demo recordings and the motion
// engine that plays them, all at once when it is installed. Moving figures and step pictures, most of the site's weight, are
// kept when they are first seen.
//
// Networks and their runtime are kept by the engine itself (`lib/engine/downloads.ts`), under their checksums; this leaves
// them alone. A new version waits until the page says `use-now`, so that no set is cut short.
/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { build, files, version } from '$service-worker';

const worker = self as unknown as ServiceWorkerGlobalScope;

/** The page itself, for every address of the single-page app. */
const PAGE = '/';
const SHELL = `shell-${version}`;
/** Scripts of the network runtime, of which each browser needs one: kept when first used. */
const isRuntime = (path: string): boolean => path.startsWith('/litert/') && path.endsWith('.js');
const isNetworks = (path: string): boolean => /^\/(litert|networks)\/.*\.(wasm|tflite)$/.test(path);
/** Moving figures and step pictures of exercises that were looked at. A new version fetches its own of the same ones. */
const SEEN = 'seen-';
const isSeenLater = (path: string): boolean =>
  /^\/catalog\/figures\/.*\.(moving|step\d+)\.svg$/.test(path);
/** Alphabets that our languages do not use stay on the server. */
const isForeign = (path: string): boolean => /inter-(cyrillic|greek|vietnamese)/.test(path);

const shell = [PAGE, ...build, ...files].filter(
  (path) => !isRuntime(path) && !isNetworks(path) && !isForeign(path) && !isSeenLater(path),
);
const inShell = new Set(shell);

worker.addEventListener('install', (event) => {
  // Past the HTTP cache, so that a new version is made of new files only.
  const requests = shell.map((path) => new Request(path, { cache: 'reload' }));
  const install = async (): Promise<void> => {
    await (await caches.open(SHELL)).addAll(requests);
    await seeAgain();
  };
  event.waitUntil(install());
});

worker.addEventListener('activate', (event) => {
  const tidy = async (): Promise<void> => {
    for (const name of await caches.keys())
      if (isOurs(name) && name !== SHELL && name !== SEEN + version) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener('message', (event: ExtendableMessageEvent) => {
  const message = event.data as { type?: string } | null;
  if (message?.type === 'use-now') event.waitUntil(worker.skipWaiting());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== worker.location.origin) return;
  if (request.mode === 'navigate') {
    if (isPage(url.pathname)) event.respondWith(fromShell(PAGE, request));
  } else if (inShell.has(url.pathname)) event.respondWith(fromShell(url.pathname, request));
  else if (isRuntime(url.pathname)) event.respondWith(firstUse(request, SHELL));
  else if (isSeenLater(url.pathname)) event.respondWith(movingOrStill(request, url.pathname));
});

/** False for what the server itself answers: the API and its documentation, the page that pairs a phone, certificates. */
function isPage(path: string): boolean {
  return !/^\/(api|ws|docs|openapi|healthz|readyz|metrics|pair|tls|references)\b/.test(path);
}

async function fromShell(path: string, request: Request): Promise<Response> {
  return (await (await caches.open(SHELL)).match(path)) ?? fetch(request);
}

/** From the cache, and from the network the first time. */
async function firstUse(request: Request, name: string): Promise<Response> {
  const cache = await caches.open(name);
  const cached = await cache.match(request.url);
  if (cached) return cached;
  const response = await fetch(request);
  // A partial or failed answer is not the file.
  if (response.status === 200) await cache.put(request.url, response.clone());
  return response;
}

/** Without a network, a moving figure that was never seen stands still. */
async function movingOrStill(request: Request, path: string): Promise<Response> {
  try {
    return await firstUse(request, SEEN + version);
  } catch (unreachable) {
    const still = await (await caches.open(SHELL)).match(path.replace('.moving.', '.still.'));
    if (still) return still;
    throw unreachable;
  }
}

/** What the version before has shown is there in this one, too, as far as the network allows. */
async function seeAgain(): Promise<void> {
  const cache = await caches.open(SEEN + version);
  for (const name of await caches.keys()) {
    if (!name.startsWith(SEEN) || name === SEEN + version) continue;
    const seen = await (await caches.open(name)).keys();
    const again = seen.map(({ url }) => cache.add(new Request(url, { cache: 'reload' })));
    await Promise.allSettled(again);
  }
}

const isOurs = (name: string): boolean => name.startsWith('shell-') || name.startsWith(SEEN);
