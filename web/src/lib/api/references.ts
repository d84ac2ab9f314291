// The technique references that the person gave the server this page came from. Kept, so that a set without a network is
// compared with the same ones.
import { FetchError, getText } from './site';

const PATH = '/api/v1/references';
const CACHE = 'spotter-references';
/** A set does not wait longer than this for them. */
const PATIENCE_MS = 3000;

/** The server's list as JSON, as the engine reads it; null where there are none for this device. */
export async function ownReferences(): Promise<string | null> {
  const cache = await openCache();
  let list: string;
  try {
    list = await getText(PATH, AbortSignal.timeout(PATIENCE_MS));
  } catch (error) {
    const refused = error instanceof FetchError && error.status !== null && error.status < 500;
    if (!refused || error.status === 429) return kept(cache);
    // A file host, or a server that this device was shut out of: what was kept is not its any more.
    list = '[]';
  }
  await cache?.put(PATH, new Response(list)).catch(() => {
    // A full disk or a private window: then only without a network the built-in references are used.
  });
  return list === '[]' ? null : list;
}

async function kept(cache: Cache | undefined): Promise<string | null> {
  const list = await (await cache?.match(PATH))?.text();
  return list === undefined || list === '[]' ? null : list;
}

async function openCache(): Promise<Cache | undefined> {
  return typeof caches === 'undefined' ? undefined : caches.open(CACHE).catch(() => undefined);
}
