// A session that is looked at and corrected: the server's last word, with every correction that waits on this device on top.
import type { Kept } from '$lib/api/kept';
import { t } from '$lib/i18n/index.svelte';
import { unsavedOf, type Write } from '$lib/log/fold';
import type { Outbox } from '$lib/outbox/outbox.svelte';
import type { NewRequest, OutboxRequest } from '$lib/outbox/request';
import type { PerformedSet, Session, SessionChange } from '$lib/wire/sessions';
import { corrected } from './corrected';

/** How long a deleted session can be brought back: a little longer than that is offered. */
const SECOND_THOUGHTS_MS = 12_000;

/** What the server said, and when; null where it knows no such session. */
type Word = Pick<Kept<Session | null>, 'value' | 'asOf'>;

export class SessionEditor {
  readonly id: string;
  /** This device has been asked for what waits. */
  ready = $state(false);
  /** Nothing can be kept in this browser. */
  forgetful = $state(false);
  #answer = $state.raw<Word | null>(null);
  #waiting = $state.raw<OutboxRequest[]>([]);
  /** Corrections on their way into the outbox: shown before anything is kept. */
  #fresh = $state.raw<Write[]>([]);
  readonly #told = $derived.by(() => newer(this.#heard(), this.#answer)?.value ?? null);
  /** Null where it is not known here, or deleted. */
  readonly session = $derived(corrected(this.#told, [...this.#waiting, ...this.#fresh]));
  /** What the server does not have of it, by the id of the set. */
  readonly unsaved = $derived(unsavedOf(this.#waiting));
  #outbox: Outbox;
  #heard: () => Word | null;

  /** `heard` is what the page was told. */
  constructor(outbox: Outbox, id: string, heard: () => Word | null) {
    this.#outbox = outbox;
    this.id = id;
    this.#heard = heard;
  }

  get #topic(): string {
    return `sessions/${this.id}`;
  }

  /** Reads what waits, and follows it. Answers with how to stop. */
  open(): () => void {
    void this.read();
    return this.#outbox.onChange(() => void this.read());
  }

  async read(): Promise<void> {
    const { account, queue } = this.#outbox;
    try {
      if (account === null) return;
      const { answer, asOf, requests } = await queue.look(this.#topic, account);
      this.#answer = answer === undefined ? null : { value: answer as Session, asOf };
      this.#waiting = requests;
    } catch (error) {
      this.forgetful = true;
      console.warn('what waits of a session cannot be read:', error);
    } finally {
      this.ready = true;
    }
  }

  async change(body: SessionChange): Promise<void> {
    await this.#write({ method: 'PATCH', path: '', body, label: t('log.label.change') });
  }

  /** The whole of a set as it should be; one that was taken out comes back. */
  async put(set: PerformedSet, label: string): Promise<void> {
    await this.#write({ method: 'PUT', path: `/sets/${set.id}`, body: set, label });
  }

  async removeSet(set: PerformedSet, label: string): Promise<void> {
    await this.#write({ method: 'DELETE', path: `/sets/${set.id}`, body: null, label });
  }

  /** Takes back what the session decided: the target is again what it was before. */
  async takeBack(exercise: string, label: string): Promise<void> {
    const part = `/decisions/${exercise}`;
    await this.#write({ method: 'POST', path: `${part}/reverse`, body: null, label }, part);
  }

  /** Answers with the way back, which is open for a while. */
  async remove(label: string): Promise<() => Promise<boolean>> {
    const hold_ms = SECOND_THOUGHTS_MS;
    const asked = { method: 'DELETE', path: '', body: null, label, hold_ms } as const;
    const request = await this.#write(asked);
    return () => (request ? this.#outbox.takeBack(request) : Promise.resolve(false));
  }

  /** Writes something of the session; `part` is what it is about, where that is not all of its address. */
  async #write(asked: Omit<NewRequest, 'topic'>, part = asked.path): Promise<OutboxRequest | null> {
    const topic = this.#topic + part;
    const fresh: Write = { method: asked.method, topic, body: asked.body };
    this.#fresh = [...this.#fresh, fresh];
    const keep = this.#topic;
    try {
      const path = `/${this.#topic}${asked.path}`;
      return await this.#outbox.add({ ...asked, path, topic, keep });
    } catch (error) {
      this.forgetful = true;
      console.warn('a correction cannot be kept in this browser:', error);
      return null;
    } finally {
      await this.read();
      this.#fresh = this.#fresh.filter((one) => one !== fresh);
    }
  }
}

function newer(a: Word | null, b: Word | null): Word | null {
  if (a === null || b === null) return a ?? b;
  return b.asOf > a.asOf ? b : a;
}
