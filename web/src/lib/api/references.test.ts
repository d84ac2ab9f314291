// Where the references for a set come from: the server, what was kept of it, or nowhere.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ownReferences } from './references';

const MINE = '[{"id":"mine"}]';
let stored: Map<string, string>;

function answers(answer: (() => Response) | 'nothing'): void {
  const fetched = (): Promise<Response> =>
    answer === 'nothing' ? Promise.reject(new TypeError('offline')) : Promise.resolve(answer());
  vi.stubGlobal('fetch', fetched);
}
const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { 'content-type': 'application/json' } });

beforeEach(() => {
  stored = new Map();
  const cache = {
    put: async (path: string, response: Response) => stored.set(path, await response.text()),
    match: (path: string) => {
      const text = stored.get(path);
      return Promise.resolve(text === undefined ? undefined : new Response(text));
    },
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
});
afterEach(() => vi.unstubAllGlobals());

test('without a network they are the ones of the last time', async () => {
  answers('nothing');
  expect(await ownReferences()).toBeNull();
  answers(() => json(MINE));
  expect(await ownReferences()).toBe(MINE);
  answers('nothing');
  expect(await ownReferences()).toBe(MINE);
  answers(() => json('busy', 503));
  expect(await ownReferences()).toBe(MINE);
});

test.each([
  ['taken back', () => json('[]')],
  ['another’s by now', () => json('{}', 401)],
  [
    'of a plain file host',
    () => new Response('<!doctype html>', { headers: { 'content-type': 'text/html' } }),
  ],
])('%s, they are forgotten', async (_why, answer) => {
  answers(() => json(MINE));
  await ownReferences();
  answers(answer);
  expect(await ownReferences()).toBeNull();
  answers('nothing');
  expect(await ownReferences()).toBeNull();
});

test('a browser that keeps nothing still asks', async () => {
  vi.stubGlobal('caches', undefined);
  answers(() => json(MINE));
  expect(await ownReferences()).toBe(MINE);
});
