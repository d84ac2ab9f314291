// A server, tabs and a bad network for tests of the outbox: everything that goes wrong on the way, on purpose and repeatably.
import { ApiError } from '$lib/api/http';
import { Outbox } from './outbox.svelte';
import { Queue } from './queue';
import type { OutboxRequest } from './request';
import { leaseTurn, lockTurn, type Turn } from './turn';

/** The browser's locks, as far as the outbox uses them. A killed tab gives its lock back. */
export class Locks {
  #held: { owner: string } | null = null;

  of(owner: string): LockManager {
    const request = async (
      _name: string,
      _options: LockOptions,
      work: (lock: Lock | null) => Promise<unknown>,
    ): Promise<unknown> => {
      if (this.#held) return work(null);
      const mine = { owner };
      this.#held = mine;
      try {
        return await work({ name: 'spotter-outbox', mode: 'exclusive' });
      } finally {
        if (this.#held === mine) this.#held = null;
      }
    };
    return { request } as unknown as LockManager;
  }

  release(owner: string): void {
    if (this.#held?.owner === owner) this.#held = null;
  }
}

/** A server that does each key once, and remembers in which order. */
export class Server {
  account: string | null = 'anna';
  /** Bodies in the order in which they were done. */
  done: { topic: string; body: unknown }[] = [];
  /** Everything that came in and was done, whole. */
  requests: OutboxRequest[] = [];
  #keys = new Map<string, unknown>();
  /** What happens to a request, by its number from 0. */
  fate: (
    n: number,
    request: OutboxRequest,
  ) => 'ok' | 'lost' | 'answer_lost' | 'broken' | 'hangs' | { status: number } = () => 'ok';
  /** What it answers. */
  answer: (request: OutboxRequest) => unknown = () => ({ n: this.done.length });
  #n = 0;

  async send(request: OutboxRequest): Promise<unknown> {
    await Promise.resolve();
    const fate = this.fate(this.#n++, request);
    if (fate === 'lost') throw new ApiError('unreachable', null);
    if (fate === 'broken') throw new ApiError('failed', 503);
    if (fate === 'hangs') return new Promise(() => {});
    if (typeof fate === 'object')
      throw new ApiError('refused', fate.status, { detail: `no ${request.label}`, remedy: 'mend' });
    if (!this.#keys.has(request.idempotencyKey)) {
      this.#keys.set(request.idempotencyKey, this.answer(request));
      this.requests.push(request);
      this.done.push({ topic: request.topic, body: request.body });
    }
    if (fate === 'answer_lost') throw new ApiError('unreachable', null);
    return this.#keys.get(request.idempotencyKey);
  }

  who(): Promise<string> {
    return this.account === null
      ? Promise.reject(new ApiError('refused', 401))
      : Promise.resolve(this.account);
  }
}

/** A seeded source of chance. */
export function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** A browser tab. Its clock may be wrong; `locks` null means a browser without them. */
export function openTab(
  name: string,
  server: Server,
  locks: Locks | null,
  clock: () => number,
  random: () => number = () => 0.5,
): Outbox {
  const queue = new Queue(clock);
  const turn: Turn = locks ? lockTurn(locks.of(name)) : leaseTurn(queue, name, clock);
  return new Outbox({
    queue,
    turn,
    wire: { account: () => server.who(), send: (request) => server.send(request) },
    account: () => 'anna',
    channel: null,
    askToKeep: () => {},
    now: clock,
    random,
  });
}
