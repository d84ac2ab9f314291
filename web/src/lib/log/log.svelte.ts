// What a person does with a running session. Everything is seen at once, kept on this device, and can be undone.
import { createContext } from 'svelte';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { t } from '$lib/i18n/index.svelte';
import { dateAt } from '$lib/plan/dates';
import type {
  FromPlan,
  NewSession,
  NextTargets,
  PerformedSet,
  SeenSet,
  Session,
  SessionChange,
} from '$lib/wire/sessions';
import { fromEntry, withTargets } from './begin';
import type { Book } from './book.svelte';
import { Exercises } from './exercises';
import { nextAfter, restAfter } from './rests';
import * as sheets from './sheet';
import type { Card, Row, Sheet, Values } from './sheet';

/** How long throwing away can be undone, at the least, when its page is gone. */
const SECOND_THOUGHTS_MS = 60_000;

/** Says what was done, with a way back; `gone` when the offer has passed. */
export type Say = (text: string, undo: () => void, gone?: () => void) => void;

export interface Outside {
  now: () => number;
  newId: () => string;
  account: () => string | null;
  say: Say;
}

export interface Beginning {
  title: string;
  cards: Card[];
  from_plan: FromPlan | null;
  /** Where swaps are asked for. */
  plan: Sheet['plan'];
  deload: boolean;
}

export class Log {
  readonly book: Book;
  /** Which exercises, in which order. */
  readonly exercises: Exercises;
  #outside: Outside;
  /** What `u` takes back. */
  #back: (() => void) | null = null;

  constructor(book: Book, outside: Outside) {
    this.book = book;
    this.#outside = outside;
    this.exercises = new Exercises(book, {
      now: outside.now,
      newId: outside.newId,
      writeSet: (method, set) => this.#writeSet(method, set),
      did: (text, undo) => this.#did(text, undo),
    });
  }

  get sheet(): Sheet | null {
    return this.book.sheet;
  }

  get session(): Session | null {
    return this.book.session;
  }

  /** Begun and not ended. */
  get running(): boolean {
    return this.sheet !== null && this.session !== null && this.session.ended_at_ms === null;
  }

  /** Ended, and its summary not put away. */
  get finished(): boolean {
    return this.sheet !== null && this.session !== null && this.session.ended_at_ms !== null;
  }

  async start({ title, cards, from_plan, plan, deload }: Beginning): Promise<void> {
    const { now, newId, account } = this.#outside;
    const who = account();
    if (who === null || this.running) return;
    const started_at_ms = now();
    const session: NewSession = {
      id: newId(),
      on: dateAt(started_at_ms),
      started_at_ms,
      title,
      from_plan,
      deload,
    };
    if (this.finished) await this.putAway();
    const sheet = this.#blank(session.id, who, started_at_ms);
    const begun = this.book.begin({ ...sheet, plan, cards }, null);
    const written = this.book.write({
      method: 'POST',
      path: '/sessions',
      body: session,
      topic: `sessions/${session.id}`,
      opens: true,
      keep: `sessions/${session.id}`,
      label: title === '' ? t('log.untitled') : title,
    });
    await Promise.all([begun, written]);
  }

  /** Goes on with a session that was begun elsewhere. */
  async takeOver(session: Session): Promise<void> {
    const who = this.#outside.account();
    if (who === null) return;
    const { from_plan: from } = session;
    const plan = from && { id: from.plan_id, day: from.day };
    await this.book.begin(
      { ...this.#blank(session.id, who, session.started_at_ms), plan },
      session,
    );
    await this.book.read();
  }

  #blank(session_id: string, account: string, started_at_ms: number): Sheet {
    return {
      session_id,
      account,
      started_at_ms,
      plan: null,
      cards: [],
      rest: null,
      emom_since_ms: {},
      discarded_at_ms: null,
    };
  }

  /** What last time says, for sets that are not done. */
  hearTargets(targets: NextTargets['targets']): void {
    const { isDone } = this.book;
    this.book.edit((sheet) => ({ ...sheet, cards: withTargets(sheet.cards, targets, isDone) }));
  }

  /** ✓ on and off. */
  toggle(id: string): void {
    if (this.book.isDone(id)) this.uncheck(id);
    else this.check(id);
  }

  check(id: string, seen: SeenSet | null = null): void {
    const set = this.#performed(id, seen);
    if (!set) return;
    const told = this.sheet && sheets.rowOf(this.sheet, id)?.row.told;
    void this.#writeSet(told ? 'PUT' : 'POST', set);
    this.#startRest(id);
    this.#back = () => this.uncheck(id);
  }

  /** Puts a set that the camera saw into the running session, where its exercise is open, else as one more; or begins one. */
  async logSeen(
    entry: LibraryEntry,
    values: Pick<Row, 'load_kg' | 'reps' | 'seconds' | 'rir'>,
    seen: SeenSet,
    record: string,
  ): Promise<void> {
    const { newId } = this.#outside;
    if (!this.running)
      await this.start({ title: '', cards: [], from_plan: null, plan: null, deload: false });
    const isOf = (card: Card): boolean => card.exercise_id === entry.id;
    const open = (): Row[] =>
      (this.sheet?.cards ?? [])
        .filter(isOf)
        .flatMap((card) => card.rows.filter((row) => !this.book.isDone(row.id)));
    if (open().length === 0) {
      const card = (this.sheet?.cards ?? []).findLast(isOf);
      if (card) this.addSet(card.key);
      else {
        const made = fromEntry(entry, newId);
        const rows = made.rows.slice(0, made.rows[0]?.side ? 2 : 1);
        this.book.edit((sheet) => sheets.insertCard(sheet, sheet.cards.length, { ...made, rows }));
      }
    }
    const [first, second] = open();
    if (!first) return;
    // Sides that take turns are one set before the camera.
    const rows = first.side === 'left' && second?.side === 'right' ? [first, second] : [first];
    for (const row of rows) {
      this.change(row.id, { ...values, record });
      this.check(row.id, seen);
    }
  }

  /** Whether a record of the camera is in the sheet. */
  holds(record: string): boolean {
    return (this.sheet?.cards ?? []).some((card) => card.rows.some((row) => row.record === record));
  }

  uncheck(id: string): void {
    const set = this.book.done(id);
    if (!set) return;
    void this.#writeSet('DELETE', set);
    this.book.edit((sheet) => ({ ...sheet, rest: null }));
    this.#did(t('log.undone_set'), () => void this.#writeSet('PUT', set));
  }

  /** Changes what is to be done, or corrects what was. */
  change(id: string, values: Values): void {
    const { sheet } = this;
    const { isDone } = this.book;
    if (!sheet) return;
    this.book.edit((now) => sheets.changeRow(now, id, values, isDone));
    const was = this.book.done(id);
    if (!was) return;
    const set: PerformedSet = { ...was, ...sheets.performedValues(values) };
    if (JSON.stringify(set) !== JSON.stringify(was)) void this.#writeSet('PUT', set);
  }

  /** Takes over what was advised for a set that is to come. */
  takeAdvice(card: Card, id: string, advice: Pick<Row, 'load_kg' | 'reps' | 'seconds'>): void {
    const { rows, key } = card;
    this.change(id, advice);
    const { isDone } = this.book;
    this.#did(t('log.next.taken'), () =>
      this.book.edit((sheet) => sheets.restoreAsked(sheet, key, rows, isDone)),
    );
  }

  addSet(key: string): void {
    const { newId } = this.#outside;
    // The same ids in every place where the change is applied.
    const ids = [newId(), newId()];
    this.book.edit((sheet) => {
      let n = 0;
      return sheets.addRow(sheet, key, () => ids[n++] ?? newId());
    });
    this.#back = () => ids.forEach((id) => this.book.edit((sheet) => sheets.removeRow(sheet, id)));
  }

  removeSet(id: string): void {
    const found = this.sheet && sheets.rowOf(this.sheet, id);
    if (!found) return;
    const { card, row, index } = found;
    const set = this.book.done(id);
    this.book.edit((sheet) => sheets.removeRow(sheet, id));
    if (set) void this.#writeSet('DELETE', set);
    this.#did(t('log.removed_set', { name: card.name }), () => {
      this.book.edit((sheet) => sheets.insertRow(sheet, card.key, index, row));
      if (set) void this.#writeSet('PUT', set);
    });
  }

  addRest(secs: number): void {
    const now = this.#outside.now();
    this.book.edit((sheet) => {
      const { rest } = sheet;
      if (!rest) return sheet;
      const ends_at_ms = Math.max(now, rest.ends_at_ms + secs * 1000);
      return {
        ...sheet,
        rest: { ...rest, ends_at_ms, total_secs: Math.max(1, rest.total_secs + secs) },
      };
    });
  }

  endRest(): void {
    this.book.edit((sheet) => ({ ...sheet, rest: null }));
  }

  finish(said: SessionChange): void {
    const { session } = this;
    if (!session) return;
    this.endRest();
    void this.patch({ ended_at_ms: this.#outside.now(), ...said });
    this.#back = () => this.reopen();
  }

  /** It was not over after all. What was decided when it ended is decided anew when it ends again. */
  reopen(): void {
    this.#back = null;
    void this.patch({ ended_at_ms: null });
  }

  patch(body: SessionChange): Promise<void> {
    const { session } = this;
    if (!session) return Promise.resolve();
    const { ended_at_ms: ended } = body;
    const change = ended === undefined ? 'change' : ended === null ? 'reopen' : 'finish';
    return this.book.write({
      method: 'PATCH',
      path: `/sessions/${session.id}`,
      body,
      topic: `sessions/${session.id}`,
      keep: `sessions/${session.id}`,
      label: t(`log.label.${change}`),
    });
  }

  /** Its summary was looked at. */
  async putAway(): Promise<void> {
    const { sheet } = this;
    this.#back = null;
    if (sheet) await this.book.leave(sheet, true);
  }

  /** Throws the session away; the server hears of it when that can no longer be undone. */
  discard(): void {
    const { sheet } = this;
    if (!sheet) return;
    void this.book.leave({ ...sheet, rest: null, discarded_at_ms: this.#outside.now() }, false);
    const back = (): void => void this.book.begin(sheet, null).then(() => this.book.read());
    this.#outside.say(t('log.discarded'), back, () => void this.#forget(sheet));
  }

  /** Tells the server of what was thrown away by pages that are gone. */
  async sweep(): Promise<void> {
    const before_ms = this.#outside.now() - SECOND_THOUGHTS_MS;
    for (const sheet of await this.book.discarded())
      if ((sheet.discarded_at_ms ?? 0) < before_ms) await this.#forget(sheet);
  }

  async #forget(sheet: Sheet): Promise<void> {
    await this.book.write({
      method: 'DELETE',
      path: `/sessions/${sheet.session_id}`,
      body: null,
      topic: `sessions/${sheet.session_id}`,
      label: t('log.label.discard'),
    });
    await this.book.leave(sheet, true);
  }

  /** Forgets every sheet on this device. */
  clear(): Promise<void> {
    return this.book.clear();
  }

  undo(): void {
    const back = this.#back;
    this.#back = null;
    back?.();
  }

  #did(text: string, undo: () => void): void {
    const once = (): void => {
      if (this.#back === once) this.#back = null;
      undo();
    };
    this.#back = once;
    this.#outside.say(text, once);
  }

  #performed(id: string, seen: SeenSet | null): PerformedSet | null {
    const found = this.sheet && sheets.rowOf(this.sheet, id);
    if (!found || !this.sheet) return null;
    const { card, row } = found;
    const { kind, side, load_kg, rir, note, target } = row;
    const values = { kind, side, load_kg, rir, note, target, seen };
    return {
      id,
      exercise_id: card.exercise_id,
      place: this.sheet.cards.indexOf(card),
      group: card.group,
      ...values,
      reps: card.timed ? null : (row.reps ?? 0),
      seconds: card.timed ? (row.seconds ?? 0) : null,
      meters: null,
      done_at_ms: this.#outside.now(),
    };
  }

  #startRest(id: string): void {
    const { sheet } = this;
    if (!sheet) return;
    // The write is in sight already, so the set counts as done.
    const secs = restAfter(sheet.cards, id, this.book.isDone);
    const next = nextAfter(sheet.cards, id, this.book.isDone);
    const ends_at_ms = this.#outside.now() + secs * 1000;
    const rest = secs > 0 ? { ends_at_ms, total_secs: secs, next: next?.card.name ?? '' } : null;
    this.book.edit((now) => ({
      ...sheets.changeRow(now, id, { timing_since_ms: null, told: true }, () => true),
      rest,
    }));
  }

  #writeSet(method: 'POST' | 'PUT' | 'DELETE', set: PerformedSet): Promise<void> {
    const session = this.sheet?.session_id ?? '';
    const path = `/sessions/${session}/sets`;
    return this.book.write({
      method,
      path: method === 'POST' ? path : `${path}/${set.id}`,
      body: method === 'DELETE' ? null : set,
      topic: `sessions/${session}/sets/${set.id}`,
      keep: `sessions/${session}`,
      label: this.#labelOf(set),
    });
  }

  #labelOf(set: PerformedSet): string {
    const card = this.sheet?.cards.find((one) => one.exercise_id === set.exercise_id);
    const n = set.reps ?? set.seconds ?? 0;
    const what = set.reps === null ? t('plan.secs', { n }) : t('log.n_reps', { count: n });
    return `${card?.name ?? set.exercise_id} · ${what}`;
  }
}

export const [getLog, setLog] = createContext<Log>();
