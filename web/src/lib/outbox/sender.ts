// Sends what waits, in its order, and decides what an answer means. No screen, no clock of its own: tests hand everything in.
import { ApiError } from '$lib/api/http';
import type { Queue } from './queue';
import { isDue, stemOf, waitsFor, type OutboxRequest, type Refusal } from './request';
import type { Turn } from './turn';

/** How a run over the outbox ended. */
export type Outcome =
  /** Nothing is left that could go. */
  | { kind: 'done' }
  /** The server is away or broken: try again, at the earliest after so many milliseconds. So many went before. */
  | { kind: 'later'; after_ms: number; n_sent: number }
  /** It does not know who we are: after the next sign-in. */
  | { kind: 'signed_out' }
  /** Another tab is at it. */
  | { kind: 'taken' };

export interface Wire {
  /** Whose requests the server would take just now. Throws like `send`. */
  account: () => Promise<string>;
  /** The answer's JSON; undefined where it has none. Throws an `ApiError`. */
  send: (request: OutboxRequest) => Promise<unknown>;
}

export class Sender {
  #queue: Queue;
  #turn: Turn;
  #wire: Wire;
  #now: () => number;
  #onChange: () => void;

  constructor(queue: Queue, turn: Turn, wire: Wire, now: () => number, onChange: () => void) {
    this.#queue = queue;
    this.#turn = turn;
    this.#wire = wire;
    this.#now = now;
    this.#onChange = onChange;
  }

  /** Sends everything of the account that the server knows us as. */
  async run(): Promise<Outcome> {
    let outcome: Outcome = { kind: 'done' };
    const took = await this.#turn.take(async (renew) => {
      outcome = await this.#runAlone(renew);
    });
    return took === 'taken' ? { kind: 'taken' } : outcome;
  }

  async #runAlone(renew: () => Promise<boolean>): Promise<Outcome> {
    let account: string;
    try {
      account = await this.#wire.account();
    } catch (error) {
      return outcomeOf(error);
    }
    await this.#queue.recover(account);
    /** Stems whose request the server could not take this time: what follows of them keeps its place. */
    const held = new Set<string>();
    let later: Outcome = { kind: 'done' };
    let n_sent = 0;
    const counted = (outcome: Outcome): Outcome =>
      outcome.kind === 'later' ? { ...outcome, n_sent } : outcome;
    for (;;) {
      const all = await this.#queue.all(account);
      const now = this.#now();
      const early = all.filter((one) => !isDue(one, now));
      const next = all.find(
        (one) =>
          one.state === 'waiting' &&
          !held.has(stemOf(one.topic)) &&
          waitsFor(one, all) === null &&
          !early.some(
            ({ order, topic }) => order <= one.order && stemOf(topic) === stemOf(one.topic),
          ),
      );
      if (!next) return counted(later);
      if (!(await renew())) return { kind: 'taken' };
      if (
        !(await this.#queue.update(next.order, { state: 'sending', attempts: next.attempts + 1 }))
      )
        continue;
      try {
        await this.#queue.sent(next, await this.#wire.send(next));
        n_sent += 1;
      } catch (error) {
        const verdict = verdictOf(error);
        await this.#queue.update(next.order, {
          state: verdict.kind === 'refused' ? 'failed' : 'waiting',
          problem: verdict.problem,
        });
        if (verdict.kind === 'away' || verdict.kind === 'signed_out')
          return counted(verdict.outcome);
        if (verdict.kind === 'broken') {
          held.add(stemOf(next.topic));
          later = verdict.outcome;
        }
      } finally {
        this.#onChange();
      }
    }
  }
}

type Verdict =
  | { kind: 'refused'; problem: Refusal }
  | { kind: 'away' | 'signed_out' | 'broken'; outcome: Outcome; problem: Refusal | null };

/** What a failure means for one request. */
export function verdictOf(error: unknown): Verdict {
  // A mistake of ours while reading an answer: the request stays and is tried again, and the mistake is told.
  if (!(error instanceof ApiError)) {
    console.error('a request of the outbox failed:', error);
    return { kind: 'broken', outcome: { kind: 'later', after_ms: 0, n_sent: 0 }, problem: null };
  }
  const { status, detail, remedy, field } = error;
  const problem: Refusal = { status, detail, remedy, field };
  if (status === 401) return { kind: 'signed_out', outcome: { kind: 'signed_out' }, problem };
  // No network, or something on the way that is not our server: a hotel's page, a proxy.
  if (error.kind === 'unreachable' || error.kind === 'no_api')
    return { kind: 'away', outcome: laterOf(error), problem: null };
  const goesOver =
    status === 408 ||
    status === 425 ||
    status === 429 ||
    (status === 409 && error.type.includes('in-progress'));
  if (error.kind === 'failed' || goesOver)
    return { kind: status === 429 ? 'away' : 'broken', outcome: laterOf(error), problem };
  return { kind: 'refused', problem };
}

function outcomeOf(error: unknown): Outcome {
  const verdict = verdictOf(error);
  return verdict.kind === 'refused' ? { kind: 'later', after_ms: 0, n_sent: 0 } : verdict.outcome;
}

function laterOf(error: ApiError): Outcome {
  return { kind: 'later', after_ms: (error.retryAfterSecs ?? 0) * 1000, n_sent: 0 };
}
