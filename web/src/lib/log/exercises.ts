// The exercises of a running session and their order: added, taken out, moved, grouped, swapped. All of it can be undone.
import type { LibraryEntry } from '$lib/catalog/exercises';
import { t } from '$lib/i18n/index.svelte';
import type { GroupKind, PerformedSet } from '$lib/wire/sessions';
import { fromEntry } from './begin';
import type { Book } from './book.svelte';
import * as sheets from './sheet';
import type { Card, Row, Sheet } from './sheet';

/** What of the log it works with. */
export interface Hands {
  now: () => number;
  newId: () => string;
  writeSet: (method: 'PUT' | 'DELETE', set: PerformedSet) => Promise<void>;
  /** Says what was done, and how it is taken back. */
  did: (text: string, undo: () => void) => void;
}

export class Exercises {
  #book: Book;
  #hands: Hands;

  constructor(book: Book, hands: Hands) {
    this.#book = book;
    this.#hands = hands;
  }

  add(entry: LibraryEntry): void {
    const { newId } = this.#hands;
    const card = fromEntry(entry, newId);
    this.#book.edit((sheet) => sheets.insertCard(sheet, sheet.cards.length, card));
    this.#hands.did(t('log.added', { name: entry.name }), () =>
      this.#book.edit((sheet) => sheets.removeCard(sheet, card.key)),
    );
  }

  remove(card: Card): void {
    const before = this.#book.sheet;
    if (!before) return;
    const at = before.cards.indexOf(card);
    const sets = card.rows.flatMap((row) => this.#book.done(row.id) ?? []);
    for (const set of sets) void this.#hands.writeSet('DELETE', set);
    this.#book.edit((sheet) => sheets.removeCard(sheet, card.key));
    this.#placeSets();
    this.#hands.did(t('log.removed', { name: card.name }), () => {
      this.#book.edit((sheet) => sheets.insertCard(sheet, at, card));
      for (const set of sets) void this.#hands.writeSet('PUT', set);
      this.#regroup(before);
    });
  }

  move(card: Card, by: -1 | 1): void {
    this.#book.edit((sheet) => sheets.moveCard(sheet, card.key, by));
    this.#placeSets();
    const at = this.#book.sheet?.cards.findIndex((one) => one.key === card.key) ?? 0;
    this.#hands.did(t('log.moved', { name: card.name, n: at + 1 }), () => {
      this.#book.edit((sheet) => sheets.moveCard(sheet, card.key, by === 1 ? -1 : 1));
      this.#placeSets();
    });
  }

  group(card: Card, kind: GroupKind): void {
    const before = this.#book.sheet;
    if (!before) return;
    this.#book.edit((sheet) => sheets.groupWithNext(sheet, card.key, kind));
    this.#placeSets();
    this.#hands.did(t(`log.grouped.${kind}`), () => this.#regroup(before));
  }

  ungroup(card: Card): void {
    const before = this.#book.sheet;
    if (!before) return;
    this.#book.edit((sheet) => sheets.ungroup(sheet, card.key));
    this.#placeSets();
    this.#hands.did(t('log.ungrouped', { name: card.name }), () => this.#regroup(before));
  }

  /** Another exercise for the sets that are not done; those that are stay what they were. */
  swap(card: Card, entry: LibraryEntry, load_kg: number | null): void {
    const { newId } = this.#hands;
    const at = this.#book.sheet?.cards.findIndex((one) => one.key === card.key) ?? -1;
    if (at < 0) return;
    const isOpen = (row: Row): boolean => !this.#book.isDone(row.id);
    const done = card.rows.filter((row) => !isOpen(row));
    const timed = entry.dose.startsWith('secs');
    const rows = card.rows.filter(isOpen).map((row) => ({
      ...row,
      id: newId(),
      told: false,
      load_kg,
      previous: null,
      seconds: timed ? (row.seconds ?? 30) : null,
      reps: timed ? null : row.reps,
      target: row.target && { ...row.target, load_kg },
    }));
    const swapped: Card = {
      ...card,
      key: newId(),
      exercise_id: entry.id,
      name: entry.name,
      timed,
      rows,
    };
    const kept = done.length > 0 ? [{ ...card, rows: done }] : [];
    this.#book.edit((sheet) => ({
      ...sheet,
      cards: sheet.cards.flatMap((one) => (one.key === card.key ? [...kept, swapped] : [one])),
    }));
    this.#placeSets();
    this.#hands.did(t('edit.swapped', { from: card.name, to: entry.name }), () => {
      this.#book.edit((sheet) => {
        const without = sheet.cards.filter(
          (one) => one.key !== swapped.key && one.key !== card.key,
        );
        return { ...sheet, cards: without.toSpliced(at, 0, card) };
      });
      this.#placeSets();
    });
  }

  rest(card: Card, rest_secs: number): void {
    this.#book.edit((sheet) => sheets.changeCard(sheet, card.key, { rest_secs }));
  }

  startEmom(number: number): void {
    const since = this.#hands.now();
    this.#book.edit((sheet) => ({
      ...sheet,
      emom_since_ms: { ...sheet.emom_since_ms, [number]: since },
    }));
  }

  #regroup(before: Sheet): void {
    const groupOf = (card: Card): Card['group'] =>
      before.cards.find((one) => one.key === card.key)?.group ?? null;
    this.#book.edit((sheet) => ({
      ...sheet,
      cards: sheet.cards.map((card) => ({ ...card, group: groupOf(card) })),
    }));
    this.#placeSets();
  }

  /** Sets that were done follow their exercise to its new place and group. */
  #placeSets(): void {
    for (const [place, card] of (this.#book.sheet?.cards ?? []).entries())
      for (const row of card.rows) {
        const set = this.#book.done(row.id);
        const moved =
          set &&
          (set.place !== place ||
            set.group?.number !== card.group?.number ||
            set.group?.kind !== card.group?.kind);
        if (moved) void this.#hands.writeSet('PUT', { ...set, place, group: card.group });
      }
  }
}
