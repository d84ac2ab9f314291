// Sheets in the browser's database: a running session survives a reload, a flat battery and a flight.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Sheet } from './sheet';

interface Schema extends DBSchema {
  sheets: { key: string; value: Sheet; indexes: { 'by-account': string } };
}

export class Sheets {
  #db: Promise<IDBPDatabase<Schema>> | null = null;

  /** The account's sheets, the newest first. There is one, and those whose end is not told yet. */
  async all(account: string): Promise<Sheet[]> {
    const list = await (await this.#open()).getAllFromIndex('sheets', 'by-account', account);
    return list.sort((a, b) => b.started_at_ms - a.started_at_ms);
  }

  async put(sheet: Sheet): Promise<void> {
    await (await this.#open()).put('sheets', sheet);
  }

  /** Changes what is there by now, which another tab may have written. */
  async edit(id: string, change: (sheet: Sheet) => Sheet): Promise<void> {
    const tx = (await this.#open()).transaction('sheets', 'readwrite');
    const now = await tx.store.get(id);
    if (now) await tx.store.put(change(now));
    await tx.done;
  }

  async remove(id: string): Promise<void> {
    await (await this.#open()).delete('sheets', id);
  }

  async clear(): Promise<void> {
    await (await this.#open()).clear('sheets');
  }

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= openDB<Schema>('spotter-log', 1, {
      upgrade(db) {
        db.createObjectStore('sheets', { keyPath: 'session_id' }).createIndex(
          'by-account',
          'account',
        );
      },
      terminated: () => (this.#db = null),
    }).catch((error: unknown) => {
      this.#db = null;
      throw error;
    });
    return this.#db;
  }
}
