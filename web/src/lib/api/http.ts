// The one place that talks to the server's API: JSON there, JSON back, and every failure as one kind of error.
//
// Answers are told in the language of the page, so each request names it. Files of the built site are fetched in `site.ts`.
import { language } from '$lib/i18n/index.svelte';

/** A server that does not answer within this is out of reach. */
const PATIENCE_MS = 20_000;

type Kind =
  /** No network, or the server is not there. */
  | 'unreachable'
  /** This page came from a plain file host. */
  | 'no_api'
  /** The server refuses, and says why. */
  | 'refused'
  /** Something failed inside the server. */
  | 'failed';

interface Problem {
  /** Which kind of problem, such as `/api/docs#see-a-professional`. */
  type?: string;
  detail?: string;
  field?: string;
  remedy?: string;
}

export class ApiError extends Error {
  readonly type: string;
  /** What is wrong, in the server's words. */
  readonly detail: string;
  /** The part of the request that it is about. */
  readonly field: string | null;
  /** What to do about it. */
  readonly remedy: string | null;

  constructor(
    readonly kind: Kind,
    readonly status: number | null,
    problem: Problem = {},
    /** When to try again, where the server says so. */
    readonly retryAfterSecs: number | null = null,
  ) {
    super(problem.detail ?? kind);
    this.name = 'ApiError';
    this.type = problem.type ?? '';
    this.detail = problem.detail ?? '';
    this.field = problem.field ?? null;
    this.remedy = problem.remedy ?? null;
  }
}

/** Whatever was thrown, as the one error; what is no `ApiError` is a mistake of ours and stays loud. */
export function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  throw error;
}

export interface Asked {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Sent as JSON; a Blob and a form go as they are. */
  body?: unknown;
  headers?: Record<string, string>;
  patienceMs?: number;
}

/** The address of an API path as a file to download, in the page's language. */
export function address(path: string): string {
  return `/api/v1${path}${path.includes('?') ? '&' : '?'}lang=${language()}`;
}

/** Sends, and answers with the response where it is a good one; 304 is one. */
export async function send(path: string, asked: Asked = {}): Promise<Response> {
  const { method = 'GET', body, patienceMs = PATIENCE_MS } = asked;
  const headers: Record<string, string> = {
    accept: 'application/json',
    'accept-language': language(),
    ...timeZone(),
    ...asked.headers,
  };
  const init: RequestInit = { method, headers, signal: AbortSignal.timeout(patienceMs) };
  if (method === 'GET') init.cache = 'no-store';
  if (body instanceof Blob) {
    headers['content-type'] = 'application/zip';
    init.body = body;
  } else if (body instanceof FormData) {
    init.body = body;
  } else if (body !== undefined) {
    headers['content-type'] = 'application/json';
    init.body = JSON.stringify(body);
  }
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, init);
  } catch {
    throw new ApiError('unreachable', null);
  }
  if (response.status === 304) return response;
  const type = response.headers.get('content-type') ?? '';
  if (type.startsWith('application/problem+json')) throw await refusal(response);
  // A file host answers with its page, or with an error page of its own.
  if (type.startsWith('text/html') || (!response.ok && response.status < 500))
    throw new ApiError('no_api', response.status);
  if (!response.ok) throw new ApiError('failed', response.status);
  return response;
}

export async function getJson<T>(path: string): Promise<T> {
  return (await (await send(path)).json()) as T;
}

/**
 * Changes something. The key makes it safe to send again: the server does it once, so a lost answer is asked for a second time.
 */
export async function change(path: string, asked: Asked): Promise<Response> {
  const headers = { ...asked.headers, 'idempotency-key': newKey() };
  try {
    return await send(path, { ...asked, headers });
  } catch (error) {
    if (!(error instanceof ApiError && error.kind === 'unreachable')) throw error;
    return send(path, { ...asked, headers });
  }
}

/** Plans begin and events happen on the person's own calendar. */
function timeZone(): Record<string, string> {
  const name = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return /^[A-Z][\w+-]*(\/[\w+-]+)*$/.test(name) && name !== 'Etc/Unknown'
    ? { 'time-zone': name }
    : {};
}

async function refusal(response: Response): Promise<ApiError> {
  const problem = (await response.json().catch(() => ({}))) as Problem;
  const after = Number(response.headers.get('retry-after') ?? NaN);
  return new ApiError(
    response.status >= 500 ? 'failed' : 'refused',
    response.status,
    problem,
    Number.isFinite(after) ? after : null,
  );
}

/** A random UUID. `crypto.randomUUID` is missing on plain-HTTP pages, such as a phone on the local network. */
export function newKey(): string {
  return uuid(crypto.getRandomValues(new Uint8Array(16)), 4);
}

/** A UUID that begins with the time, version 7: for what this device makes and the server keeps. */
export function newId(now_ms: number = Date.now()): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  for (let at = 0; at < 6; at++) bytes[at] = Math.floor(now_ms / 2 ** (40 - 8 * at)) % 256;
  return uuid(bytes, 7);
}

function uuid(bytes: Uint8Array, version: 4 | 7): string {
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | (version << 4);
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
