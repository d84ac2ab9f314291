// The running session as this device knows it: its sheet, and what was done: the server's last word with every write that
// still waits on top. Changes are seen at once, kept on this device, and agreed on by all tabs.
import type { Outbox } from '$lib/outbox/outbox.svelte';
import type { NewRequest, OutboxRequest } from '$lib/outbox/request';
import type { PerformedSet, Session } from '$lib/wire/sessions';
import { fold, setsById, unsavedOf, type Write } from './fold';
import type { Sheets } from './sheets';
import { adopt, rowOf, type Sheet } from './sheet';

export interface Outside {
  outbox: Outbox;
  sheets: Sheets;
  channel: BroadcastChannel | null;
  nameOf: (exercise: string) => string;
}

export class Book {
  /** False until the database has answered. */
  ready = $state(false);
  /** Nothing can be kept in this browser. */
  forgetful = $state(false);
  sheet = $state.raw<Sheet | null>(null);
  #base = $state.raw<Session | null>(null);
  #waiting = $state.raw<OutboxRequest[]>([]);
  /** Writes on their way into the outbox: shown before anything is kept. */
  #fresh = $state.raw<Write[]>([]);
  /** With everything that waits, refused or not: it was done. */
  session = $derived(this.sheet && fold(this.#base, [...this.#waiting, ...this.#fresh]));
  /** Sets by id, and what the server does not have of them. */
  readonly sets = $derived(setsById(this.session));
  readonly unsaved = $derived(unsavedOf(this.#waiting));

  #outside: Outside;
  #edits: Promise<void> = Promise.resolve();
  #n_edits = 0;
  #writes: Promise<void>[] = [];
  #reading: Promise<void> = Promise.resolve();
  #next: Promise<void> | null = null;

  constructor(outside: Outside) {
    this.#outside = outside;
  }

  done(id: string): PerformedSet | null {
    return this.sets.get(id) ?? null;
  }

  readonly isDone = (id: string): boolean => this.sets.has(id);

  /** Reads what is kept, and follows what changes. Answers with how to stop. */
  open(): () => void {
    const { outbox, channel } = this.#outside;
    const follow = (): void => void this.read();
    const stop = outbox.onChange(follow);
    channel?.addEventListener('message', follow);
    void this.read();
    return () => {
      stop();
      channel?.removeEventListener('message', follow);
    };
  }

  /** Takes over what the database holds from now on; one after the other, so that nothing older comes last. */
  read(): Promise<void> {
    this.#next ??= this.#reading.then(() => {
      this.#next = null;
      return this.#read();
    });
    this.#reading = this.#next;
    return this.#next;
  }

  async #read(): Promise<void> {
    const { outbox, sheets } = this.#outside;
    const { account } = outbox;
    if (account === null) {
      this.sheet = null;
      this.ready = true;
      return;
    }
    try {
      let sheet: Sheet | null;
      let known: Awaited<ReturnType<typeof outbox.queue.look>> | null;
      let before: number;
      do {
        await this.#edits;
        before = this.#n_edits;
        const all = await sheets.all(account);
        sheet = all.find((one) => one.discarded_at_ms === null) ?? null;
        known = sheet && (await outbox.queue.look(`sessions/${sheet.session_id}`, account));
        // Changed meanwhile: this is old.
      } while (before !== this.#n_edits);
      this.#base = (known?.answer as Session | undefined) ?? null;
      this.#waiting = known?.requests ?? [];
      this.sheet = sheet;
      this.#adopt();
    } catch (error) {
      this.forgetful = true;
      console.warn('the running session cannot be read:', error);
    } finally {
      this.ready = true;
    }
  }

  /** Begins a sheet, or takes one over from another device with what the server says. */
  async begin(sheet: Sheet, base: Session | null): Promise<void> {
    this.sheet = sheet;
    this.#base = base;
    this.#waiting = [];
    const { outbox, sheets } = this.#outside;
    if (base) await outbox.queue.keepAnswer(`sessions/${base.id}`, sheet.account, base);
    await this.#keep(() => sheets.put(sheet));
  }

  /** Puts a sheet away for good, or takes it out of sight for as long as that can be undone. */
  async leave(sheet: Sheet, forGood: boolean): Promise<void> {
    const { sheets } = this.#outside;
    if (this.sheet?.session_id === sheet.session_id) this.sheet = null;
    await this.#keep(() => (forGood ? sheets.remove(sheet.session_id) : sheets.put(sheet)));
    await this.read();
  }

  /** Forgets every sheet. */
  async clear(): Promise<void> {
    this.sheet = null;
    await this.#keep(() => this.#outside.sheets.clear());
    await this.read();
  }

  /** Sheets that were thrown away, by whatever tab. */
  async discarded(): Promise<Sheet[]> {
    const { outbox, sheets } = this.#outside;
    const all = outbox.account === null ? [] : await sheets.all(outbox.account);
    return all.filter((one) => one.discarded_at_ms !== null);
  }

  /** Changes the sheet: here at once, in the database after what was changed before. */
  edit(change: (sheet: Sheet) => Sheet): void {
    const { sheet } = this;
    if (!sheet) return;
    this.sheet = change(sheet);
    void this.#keep(() => this.#outside.sheets.edit(sheet.session_id, change));
  }

  /** Writes something of the session. */
  write(request: NewRequest): Promise<void> {
    const written = this.#write(request);
    this.#writes = [...this.#writes, written];
    void written.finally(() => (this.#writes = this.#writes.filter((one) => one !== written)));
    return written;
  }

  async #write(request: NewRequest): Promise<void> {
    const { outbox } = this.#outside;
    const fresh: Write = { method: request.method, topic: request.topic, body: request.body };
    this.#fresh = [...this.#fresh, fresh];
    try {
      await outbox.add(request);
    } catch (error) {
      // It stays in sight, but only for as long as the page does.
      this.forgetful = true;
      console.warn('a set cannot be kept in this browser:', error);
      return;
    }
    await this.read();
    this.#fresh = this.#fresh.filter((one) => one !== fresh);
  }

  /** The server's own word, newer than what is kept. */
  async hear(session: Session): Promise<void> {
    const { outbox } = this.#outside;
    if (outbox.account === null) return;
    await outbox.queue.keepAnswer(`sessions/${session.id}`, outbox.account, session);
    await this.read();
  }

  /** Waits until everything is kept. */
  async idle(): Promise<void> {
    await Promise.all(this.#writes);
    await this.#edits;
  }

  #adopt(): void {
    const { sheet } = this;
    const sets = this.session?.sets ?? [];
    if (!sheet) return;
    const foreign = sets.filter((set) => rowOf(sheet, set.id) === null);
    if (foreign.length > 0) this.edit((now) => adopt(now, foreign, this.#outside.nameOf));
  }

  #keep(work: () => Promise<void>): Promise<void> {
    this.#n_edits += 1;
    this.#edits = this.#edits
      .then(work)
      .then(() => this.#outside.channel?.postMessage('changed'))
      .catch((error: unknown) => {
        this.forgetful = true;
        console.warn('the sheet cannot be kept in this browser:', error);
      });
    return this.#edits;
  }
}
