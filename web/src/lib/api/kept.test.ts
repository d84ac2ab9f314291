// What is kept of the server's answers: shown while it is away, asked for again with the ETag, never another person's.
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ApiError, change } from './http';
import { getKept } from './kept';

type Answer = (() => Response) | 'nothing';
let stored: Map<string, { text: string; headers: Headers }>;
let sent: { path: string; init: RequestInit }[];
let answer: Answer;

const json = (value: unknown, headers: Record<string, string> = {}) =>
  new Response(JSON.stringify(value), {
    headers: { 'content-type': 'application/json', ...headers },
  });
const problem = (status: number, value: Record<string, unknown> = {}) =>
  new Response(JSON.stringify(value), {
    status,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '7' },
  });
const header = (index: number, name: string): string | null =>
  new Headers(sent.at(index)?.init.headers).get(name);

beforeEach(() => {
  stored = new Map();
  sent = [];
  const cache = {
    put: async (key: string, response: Response) =>
      stored.set(key, { text: await response.text(), headers: response.headers }),
    match: (key: string) => {
      const found = stored.get(key);
      return Promise.resolve(found && new Response(found.text, { headers: found.headers }));
    },
    delete: (key: string) => Promise.resolve(stored.delete(key)),
  };
  vi.stubGlobal('caches', {
    open: () => Promise.resolve(cache),
    delete: () => Promise.resolve(stored.clear()),
  });
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    sent.push({ path, init });
    return answer === 'nothing'
      ? Promise.reject(new TypeError('offline'))
      : Promise.resolve(answer());
  });
});
afterEach(() => vi.unstubAllGlobals());

async function failure(asked: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await asked.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiError)) throw new Error('it should have failed');
  return error;
}

test('an answer is asked for again with its ETag, and 304 is the same answer, new', async () => {
  answer = () => json({ a: 1 }, { etag: '"v1"' });
  const first = await getKept('/state');
  expect(first).toMatchObject({ value: { a: 1 }, fresh: true });
  answer = () => new Response(null, { status: 304 });
  const second = await getKept('/state');
  expect(second).toMatchObject({ value: { a: 1 }, fresh: true });
  expect(second.asOf).toBeGreaterThanOrEqual(first.asOf);
  expect(header(-1, 'if-none-match')).toBe('"v1"');
  answer = () => json({ a: 2 }, { etag: '"v2"' });
  expect((await getKept('/state')).value).toEqual({ a: 2 });
});

test.each<[string, Answer]>([
  ['without a network', 'nothing'],
  ['while the server is down', () => problem(503)],
  ['while it is asked too often', () => problem(429)],
  [
    'behind a login page',
    () => new Response('<html>', { headers: { 'content-type': 'text/html' } }),
  ],
])('%s the last answer is shown, as an old one', async (_when, away) => {
  answer = away;
  await failure(getKept('/state'));
  answer = () => json({ a: 1 });
  const { asOf } = await getKept('/state');
  answer = away;
  expect(await getKept('/state')).toEqual({ value: { a: 1 }, asOf, fresh: false });
});

test.each([401, 403, 404])('after %i it is gone', async (status) => {
  answer = () => json({ a: 1 });
  await getKept('/state');
  answer = () => problem(status);
  expect((await failure(getKept('/state'))).status).toBe(status);
  answer = 'nothing';
  expect((await failure(getKept('/state'))).kind).toBe('unreachable');
});

test('a refusal tells what is wrong, where, and what to do', async () => {
  answer = () =>
    problem(422, {
      type: '/api/docs#invalid',
      detail: 'no',
      field: 'minutes',
      remedy: 'give 15 to 120',
    });
  const error = await failure(change('/plans', { method: 'POST', body: {} }));
  expect(error).toMatchObject({
    kind: 'refused',
    status: 422,
    type: '/api/docs#invalid',
    detail: 'no',
    field: 'minutes',
    remedy: 'give 15 to 120',
    retryAfterSecs: 7,
  });
});

test('a file host has no API', async () => {
  answer = () =>
    new Response('not found', { status: 404, headers: { 'content-type': 'text/plain' } });
  expect((await failure(getKept('/state'))).kind).toBe('no_api');
});

test('a change that got no answer is sent again under the same key', async () => {
  let n = 0;
  answer = () => {
    n += 1;
    if (n === 1) throw new TypeError('the line went dead');
    return json({ ok: true }, {});
  };
  await change('/plans/1/edits', { method: 'POST', body: { op: 'undo' } });
  expect(sent.map(({ path }) => path)).toEqual(['/api/v1/plans/1/edits', '/api/v1/plans/1/edits']);
  expect(header(0, 'idempotency-key')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]/);
  expect(header(1, 'idempotency-key')).toBe(header(0, 'idempotency-key'));
});

test('a browser that keeps nothing still asks', async () => {
  vi.stubGlobal('caches', undefined);
  answer = () => json({ a: 1 });
  expect((await getKept('/state')).value).toEqual({ a: 1 });
});
