// A write that waits on this device until the server has it.
//
// Nothing here is ever dropped by itself: a request leaves when the server has answered it, or when its person says so.

/** What a caller hands over. */
export interface NewRequest {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`. */
  path: string;
  body: unknown;
  /** What it is about, such as `sessions/ID/sets/ID`. Requests whose topics begin alike keep their order. */
  topic: string;
  /** Everything below its topic waits for it even when it was refused: the beginning of a session. */
  opens?: boolean;
  /** Under which name the server's answer is kept on this device. */
  keep?: string;
  /** What a person calls it, in the list of what waits: an exercise, a load. */
  label: string;
  /** For so many milliseconds it is not sent, so that it can be taken back. */
  hold_ms?: number;
}

/** Why the server did not take it. */
export interface Refusal {
  status: number | null;
  detail: string;
  remedy: string | null;
  /** The part of the request that it is about. */
  field: string | null;
}

export interface OutboxRequest extends Required<Omit<NewRequest, 'keep' | 'hold_ms'>> {
  id: string;
  account: string;
  keep: string | null;
  idempotencyKey: string;
  /** Counts up over all tabs, given by the database: clocks are set back, this is not. */
  order: number;
  createdAt: number;
  /** Not sent before; those of the first days lack it. */
  dueAt?: number;
  attempts: number;
  state: 'waiting' | 'sending' | 'failed';
  problem: Refusal | null;
}

/** An answer of the server that is kept, such as a session as it last told it. */
export interface KeptAnswer {
  key: string;
  account: string;
  value: unknown;
  /** When the server said so, milliseconds since 1970; those of the first days lack it. */
  asOf?: number;
}

/** The first part of a topic that is a thing of its own: `sessions/ID`. */
export function stemOf(topic: string): string {
  return topic.split('/').slice(0, 2).join('/');
}

/** Whether it may be sent by now. A clock that was set back holds nothing up. */
export function isDue({ createdAt, dueAt = createdAt }: OutboxRequest, now: number): boolean {
  return now >= dueAt || now < createdAt;
}

/** The refused request that this one waits for; null where it may go. */
export function waitsFor(
  request: OutboxRequest,
  all: readonly OutboxRequest[],
): OutboxRequest | null {
  return (
    all.find(
      (other) =>
        other.state === 'failed' &&
        other.order < request.order &&
        (other.topic === request.topic ||
          (other.opens && request.topic.startsWith(`${other.topic}/`))) &&
        // A refused change of a session holds up no later one of the same.
        (other.opens || stemOf(other.topic) !== other.topic),
    ) ?? null
  );
}
