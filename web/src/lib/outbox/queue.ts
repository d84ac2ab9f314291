// The outbox in the browser's database: every tab of this device writes to it, and one at a time sends from it.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { KeptAnswer, OutboxRequest } from './request';

interface Schema extends DBSchema {
  requests: { key: number; value: OutboxRequest; indexes: { 'by-account': string } };
  answers: { key: string; value: KeptAnswer };
  lease: { key: string; value: { name: string; holder: string; until: number } };
}

export type Unnumbered = Omit<OutboxRequest, 'order'>;

export class Queue {
  #db: Promise<IDBPDatabase<Schema>> | null = null;
  #now: () => number;

  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  /** Durable when it resolves: the request has its place in the order. */
  async add(request: Unnumbered): Promise<OutboxRequest> {
    const db = await this.#open();
    const tx = db.transaction('requests', 'readwrite', { durability: 'strict' });
    // The key generator of the store sets `order`.
    const order = await tx.store.add(request as OutboxRequest);
    await tx.done;
    return { ...request, order };
  }

  /** In the order in which they are to be sent. */
  async all(account: string): Promise<OutboxRequest[]> {
    const list = await (await this.#open()).getAllFromIndex('requests', 'by-account', account);
    return list.sort((a, b) => a.order - b.order);
  }

  /** Changes what is still there; a request that another tab took away stays away. Answers whether it was there. */
  async update(order: number, change: Partial<Unnumbered>): Promise<boolean> {
    const tx = (await this.#open()).transaction('requests', 'readwrite');
    const now = await tx.store.get(order);
    if (now) await tx.store.put({ ...now, ...change });
    await tx.done;
    return now !== undefined;
  }

  /** What a tab was sending when it ended waits again. Only for whoever holds the turn. */
  async recover(account: string): Promise<void> {
    const tx = (await this.#open()).transaction('requests', 'readwrite');
    for (const one of await tx.store.index('by-account').getAll(account))
      if (one.state === 'sending') await tx.store.put({ ...one, state: 'waiting' });
    await tx.done;
  }

  /** The server has it: the request goes and its answer comes, in one step. */
  async sent(request: OutboxRequest, value: unknown): Promise<void> {
    const tx = (await this.#open()).transaction(['requests', 'answers'], 'readwrite');
    await tx.objectStore('requests').delete(request.order);
    const { keep: key, account, method } = request;
    if (key !== null && value !== undefined)
      await tx.objectStore('answers').put({ key, account, value, asOf: this.#now() });
    // What is deleted is not to be shown again.
    else if (key !== null && method === 'DELETE') await tx.objectStore('answers').delete(key);
    await tx.done;
  }

  async remove(order: number): Promise<void> {
    await (await this.#open()).delete('requests', order);
  }

  /** Removes what nobody has begun to send. Answers whether that was so. */
  async takeBack(order: number): Promise<boolean> {
    const tx = (await this.#open()).transaction('requests', 'readwrite');
    const found = await tx.store.get(order);
    const free = found !== undefined && found.state !== 'sending';
    if (free) await tx.store.delete(order);
    await tx.done;
    return free;
  }

  async answer(key: string, account: string): Promise<unknown> {
    const kept = await (await this.#open()).get('answers', key);
    return kept?.account === account ? kept.value : undefined;
  }

  /** A kept answer with what waits below the same topic, as of one moment. */
  async look(
    topic: string,
    account: string,
  ): Promise<{ answer: unknown; asOf: number; requests: OutboxRequest[] }> {
    const tx = (await this.#open()).transaction(['requests', 'answers']);
    const [kept, list] = await Promise.all([
      tx.objectStore('answers').get(topic),
      tx.objectStore('requests').index('by-account').getAll(account),
    ]);
    const below = list.filter((one) => one.topic === topic || one.topic.startsWith(`${topic}/`));
    const mine = kept?.account === account ? kept : undefined;
    return {
      answer: mine?.value,
      asOf: mine?.asOf ?? 0,
      requests: below.sort((a, b) => a.order - b.order),
    };
  }

  async keepAnswer(key: string, account: string, value: unknown): Promise<void> {
    await (await this.#open()).put('answers', { key, account, value, asOf: this.#now() });
  }

  async forgetAnswer(key: string): Promise<void> {
    await (await this.#open()).delete('answers', key);
  }

  /** Takes the turn for a while where it is free, ours or run out. */
  async takeLease(holder: string, now: number, forMs: number): Promise<boolean> {
    const tx = (await this.#open()).transaction('lease', 'readwrite');
    const held = await tx.store.get('send');
    // A clock that was set back must not lock the turn away for years.
    const free =
      !held || held.holder === holder || held.until <= now || held.until > now + 2 * forMs;
    if (free) await tx.store.put({ name: 'send', holder, until: now + forMs });
    await tx.done;
    return free;
  }

  async giveLease(holder: string): Promise<void> {
    const tx = (await this.#open()).transaction('lease', 'readwrite');
    if ((await tx.store.get('send'))?.holder === holder) await tx.store.delete('send');
    await tx.done;
  }

  /** Everything on this device is gone, unsent or not: only when a person asks for just that. */
  async clear(): Promise<void> {
    const tx = (await this.#open()).transaction(['requests', 'answers'], 'readwrite');
    await Promise.all([tx.objectStore('requests').clear(), tx.objectStore('answers').clear()]);
    await tx.done;
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= openDB<Schema>('spotter-outbox', 1, {
      upgrade(db) {
        const requests = db.createObjectStore('requests', {
          keyPath: 'order',
          autoIncrement: true,
        });
        requests.createIndex('by-account', 'account');
        db.createObjectStore('answers', { keyPath: 'key' });
        db.createObjectStore('lease', { keyPath: 'name' });
      },
      terminated: () => (this.#db = null),
    }).catch((error: unknown) => {
      this.#db = null;
      throw error;
    });
    return this.#db;
  }
}
