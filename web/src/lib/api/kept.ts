// Answers that are kept on this device: asked for again with their ETag, and shown with their age while the server is away.
//
// What is kept is one person's. Whoever signs in or out, or is refused, starts with nothing.
import { address, ApiError, asApiError, send } from './http';

const CACHE = 'spotter-answers';
/** With an older answer at hand nobody waits longer than this for a newer one. */
const PATIENCE_MS = 4000;
const AS_OF = 'x-as-of';

export interface Kept<T> {
  value: T;
  /** When the server last said so, milliseconds since 1970. */
  asOf: number;
  /** False where the server could not be asked just now. */
  fresh: boolean;
}

/** As a screen takes it: what is known, or why nothing is. */
export type Answer<T> = { kept: Kept<T>; trouble: null } | { kept: null; trouble: ApiError };

export async function answered<T>(asked: Promise<Kept<T>>): Promise<Answer<T>> {
  try {
    return { kept: await asked, trouble: null };
  } catch (error) {
    return { kept: null, trouble: asApiError(error) };
  }
}

/** The server's answer, or the last one where it cannot be reached (or a hotel's login page answers in its place). */
export async function getKept<T>(path: string): Promise<Kept<T>> {
  const cache = await openCache();
  const kept = await cache?.match(address(path));
  try {
    const etag = kept?.headers.get('etag');
    const response = await send(path, {
      ...(etag ? { headers: { 'if-none-match': etag } } : {}),
      ...(kept ? { patienceMs: PATIENCE_MS } : {}),
    });
    if (response.status === 304) {
      if (!kept) throw new ApiError('failed', 304);
      return await keep<T>(cache, path, await kept.text(), etag ?? null);
    }
    return await keep<T>(cache, path, await response.text(), response.headers.get('etag'));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    if (error.status === 401 || error.status === 403) await forget();
    else if (error.kind === 'refused' && error.status === 404) await cache?.delete(address(path));
    else if (kept && (error.kind !== 'refused' || error.status === 429)) {
      const value = (await kept.json()) as T;
      return { value, asOf: Number(kept.headers.get(AS_OF)), fresh: false };
    }
    throw error;
  }
}

/** Keeps what a change answered, as if it had been asked for at `path`. */
export async function keepAnswer<T>(path: string, response: Response): Promise<Kept<T>> {
  return keep<T>(await openCache(), path, await response.text(), response.headers.get('etag'));
}

/** Forgets every answer. */
export async function forget(): Promise<void> {
  if (typeof caches !== 'undefined') await caches.delete(CACHE).catch(() => false);
}

async function keep<T>(
  cache: Cache | undefined,
  path: string,
  text: string,
  etag: string | null,
): Promise<Kept<T>> {
  const asOf = Date.now();
  const headers = new Headers({ 'content-type': 'application/json', [AS_OF]: String(asOf) });
  if (etag !== null) headers.set('etag', etag);
  await cache?.put(address(path), new Response(text, { headers })).catch(() => {
    // A full disk or a private window: then it is not there without a network.
  });
  return { value: JSON.parse(text) as T, asOf, fresh: true };
}

async function openCache(): Promise<Cache | undefined> {
  return typeof caches === 'undefined' ? undefined : caches.open(CACHE).catch(() => undefined);
}
