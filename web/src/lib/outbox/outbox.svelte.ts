// The outbox as the site uses it: hand a write over, see what waits and what failed. All tabs agree.
import { createContext } from 'svelte';
import { me } from '$lib/api/account';
import { ApiError, newId, newKey, send } from '$lib/api/http';
import { lastKnownAccount } from '$lib/api/who';
import { backoff } from './backoff';
import { Queue } from './queue';
import { isDue, waitsFor, type NewRequest, type OutboxRequest } from './request';
import { Sender, type Outcome, type Wire } from './sender';
import { leaseTurn, lockTurn, type Turn } from './turn';

/** However it looks, the server is asked again this often while something waits. */
const LOOK_AGAIN_MS = 60_000;
/** What another tab wrote is left to it for so long. */
const HEARD_MS = 5_000;

/** What the outbox needs from outside; tests hand in their own. */
export interface Outside {
  queue: Queue;
  turn: Turn;
  wire: Wire;
  /** The account that this device last belonged to. */
  account: () => string | null;
  channel: BroadcastChannel | null;
  /** Asks the browser not to throw away what is not sent yet. */
  askToKeep: () => void;
  now: () => number;
  random: () => number;
}

export class Outbox {
  /** Everything of the account that the server does not have yet, in its order. */
  requests = $state.raw<OutboxRequest[]>([]);
  /** The server wants to know who we are first. */
  signedOut = $state(false);
  readonly queue: Queue;

  #outside: Outside;
  #sender: Sender;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #n_failed = 0;
  #running: Promise<void> | null = null;
  #again = false;
  #listeners: (() => void)[] = [];
  #askToKeep: (() => void) | null;

  constructor(outside: Outside) {
    this.#outside = outside;
    this.queue = outside.queue;
    this.#askToKeep = outside.askToKeep;
    const { queue, turn, wire, now } = outside;
    this.#sender = new Sender(queue, turn, wire, now, () => this.#changed());
  }

  get account(): string | null {
    return this.#outside.account();
  }

  get failed(): OutboxRequest[] {
    return this.requests.filter((one) => one.state === 'failed');
  }

  get n_waiting(): number {
    return this.requests.length - this.failed.length;
  }

  /** The refused request that this one waits for. */
  waitsFor(request: OutboxRequest): OutboxRequest | null {
    return waitsFor(request, this.requests);
  }

  /** Keeps a write and sends it when it can be. Resolves once it is safe on this device. */
  async add(asked: NewRequest): Promise<OutboxRequest> {
    // On a new device the server is asked once whose writes these are.
    const account = this.account ?? (await this.#outside.wire.account());
    const { opens = false, keep = null, hold_ms = 0, ...rest } = asked;
    const createdAt = this.#outside.now();
    const request = await this.queue.add({
      ...rest,
      opens,
      keep,
      account,
      id: newId(createdAt),
      idempotencyKey: newKey(),
      createdAt,
      dueAt: createdAt + hold_ms,
      attempts: 0,
      state: 'waiting',
      problem: null,
    });
    this.#changed();
    this.send();
    // Only once there is something to lose.
    this.#askToKeep?.();
    this.#askToKeep = null;
    return request;
  }

  /** Tries again what was refused. A new key: the server may remember its answer to the old one. */
  async retry(request: OutboxRequest, body: unknown = request.body): Promise<void> {
    const idempotencyKey = newKey();
    await this.queue.update(request.order, {
      state: 'waiting',
      problem: null,
      idempotencyKey,
      body,
    });
    this.#changed();
    this.send();
  }

  /** Takes back what nobody has begun to send. Answers whether that was so. */
  async takeBack(request: OutboxRequest): Promise<boolean> {
    const taken = await this.queue.takeBack(request.order);
    this.#changed();
    return taken;
  }

  /** Gives up what was refused, and what cannot be without it. */
  async discard(request: OutboxRequest): Promise<void> {
    const below = this.requests.filter(
      (one) => one.order > request.order && this.waitsFor(one)?.order === request.order,
    );
    for (const one of [request, ...below]) await this.queue.remove(one.order);
    this.#changed();
  }

  /** Forgets everything on this device, sent or not: only when a person asks for just that. */
  async clear(): Promise<void> {
    await this.queue.clear();
    this.#changed();
  }

  /** Sends what waits, unless somebody is at it. */
  send(): void {
    if (this.#running) {
      this.#again = true;
      return;
    }
    this.#in(null);
    this.#running = this.#run().finally(() => {
      this.#running = null;
      if (this.#again) {
        this.#again = false;
        this.send();
      }
    });
  }

  /** Whoever shows what waits reads again when something changed, here or in another tab. Answers with how to stop. */
  onChange(listener: () => void): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((one) => one !== listener);
    };
  }

  /** Reads what is there. */
  async refresh(): Promise<void> {
    const { account } = this;
    this.requests = account === null ? [] : await this.queue.all(account);
  }

  /** Sends at the start, when the network or the person comes back, and every now and then. Answers with how to stop. */
  watch(): () => void {
    const { channel } = this.#outside;
    const wake = (): void => {
      this.#n_failed = 0;
      this.send();
    };
    const onVisible = (): void => {
      if (document.visibilityState === 'visible') wake();
    };
    const onTold = (): void => this.#heard();
    channel?.addEventListener('message', onTold);
    addEventListener('online', wake);
    document.addEventListener('visibilitychange', onVisible);
    void this.refresh()
      .then(() => this.send())
      .catch((error: unknown) => console.warn('there is no outbox in this browser:', error));
    return () => {
      channel?.removeEventListener('message', onTold);
      removeEventListener('online', wake);
      document.removeEventListener('visibilitychange', onVisible);
      this.#in(null);
    };
  }

  /** Waits until nothing is being sent. For tests. */
  async rest(): Promise<void> {
    while (this.#running) await this.#running;
  }

  async #run(): Promise<void> {
    await this.refresh();
    if (this.n_waiting === 0) return;
    const outcome = await this.#sender.run();
    await this.refresh();
    this.#after(outcome);
  }

  #after(outcome: Outcome): void {
    this.signedOut = outcome.kind === 'signed_out';
    switch (outcome.kind) {
      case 'done':
        this.#n_failed = 0;
        if (this.requests.some((one) => one.state !== 'failed' && this.waitsFor(one) === null))
          this.#in(Math.min(LOOK_AGAIN_MS, this.#untilDue()));
        break;
      case 'later':
        // A network that takes some of it is bad, not away.
        this.#n_failed = outcome.n_sent > 0 ? 1 : this.#n_failed + 1;
        this.#in(Math.max(outcome.after_ms, backoff(this.#n_failed, this.#outside.random())));
        break;
      case 'taken':
      case 'signed_out':
        this.#in(LOOK_AGAIN_MS);
        break;
      default:
        outcome satisfies never;
    }
  }

  /** Milliseconds until the first of those that are held back may go. */
  #untilDue(): number {
    const now = this.#outside.now();
    const early = this.requests.filter((one) => !isDue(one, now));
    return Math.min(...early.map(({ dueAt = now }) => dueAt - now));
  }

  /** Sends after a while; null: not before somebody says so. */
  #in(ms: number | null): void {
    clearTimeout(this.#timer);
    this.#timer = ms === null ? undefined : setTimeout(() => this.send(), ms);
  }

  #changed(): void {
    this.#outside.channel?.postMessage('changed');
    this.#heard();
  }

  #heard(): void {
    void this.refresh().then(() => {
      for (const listener of this.#listeners) listener();
      // Whoever wrote it may be gone before it is sent.
      if (this.n_waiting > 0 && !this.#running && this.#timer === undefined)
        this.#in(HEARD_MS * (1 + this.#outside.random()));
    });
  }
}

/** With the browser's own database, locks, channel and the site's server. */
export function browserOutbox(): Outbox {
  const queue = new Queue();
  const now = (): number => Date.now();
  const turn = 'locks' in navigator ? lockTurn(navigator.locks) : leaseTurn(queue, newKey(), now);
  return new Outbox({
    queue,
    turn,
    wire: { account: whoTheServerKnows, send: post },
    account: lastKnownAccount,
    channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel('spotter-outbox') : null,
    askToKeep,
    now,
    random: Math.random,
  });
}

function askToKeep(): void {
  if ('storage' in navigator && 'persist' in navigator.storage)
    void navigator.storage.persist().catch(() => false);
}

/** Asked before anything is sent: another tab may have signed in as somebody else. */
async function whoTheServerKnows(): Promise<string> {
  const kept = await me();
  if (!kept.fresh) throw new ApiError('unreachable', null);
  return kept.value.id;
}

async function post(request: OutboxRequest): Promise<unknown> {
  const { method, path, body, idempotencyKey } = request;
  const asked = { method, headers: { 'idempotency-key': idempotencyKey } };
  const response = await send(path, body === null ? asked : { ...asked, body });
  const text = await response.text();
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}

export const [getOutbox, setOutbox] = createContext<Outbox>();
