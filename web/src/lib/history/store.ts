// Finished sets in the browser's own database. Nothing of it leaves this device.
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { SetRecord } from './record';

interface Schema extends DBSchema {
  sets: { key: string; value: SetRecord; indexes: { 'by-time': number } };
}

export class History {
  #db: Promise<IDBPDatabase<Schema>> | null = null;

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#db ??= openDB<Schema>('spotter', 1, {
      upgrade(db) {
        db.createObjectStore('sets', { keyPath: 'id' }).createIndex('by-time', 'ended_at');
      },
    }).catch((error: unknown) => {
      this.#db = null;
      throw error;
    });
    return this.#db;
  }

  async add(record: SetRecord): Promise<void> {
    await (await this.#open()).put('sets', record);
  }

  async get(id: string): Promise<SetRecord | null> {
    return (await (await this.#open()).get('sets', id)) ?? null;
  }

  /** Newest first. */
  async all(): Promise<SetRecord[]> {
    return (await (await this.#open()).getAllFromIndex('sets', 'by-time')).reverse();
  }

  async remove(id: string): Promise<void> {
    await (await this.#open()).delete('sets', id);
  }

  async clear(): Promise<void> {
    await (await this.#open()).clear('sets');
  }

  /** Everything, as a file to keep. */
  async exported(): Promise<string> {
    return JSON.stringify({ spotter: 'sets', version: 1, sets: await this.all() }, null, 1);
  }
}

export const history = new History();
