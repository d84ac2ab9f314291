// The log with the browser's own database, clock and channel.
import { newId } from '$lib/api/http';
import type { Outbox } from '$lib/outbox/outbox.svelte';
import { Book } from './book.svelte';
import { Log, type Say } from './log.svelte';
import { Sheets } from './sheets';

export function browserLog(outbox: Outbox, say: Say): Log {
  const book = new Book({
    outbox,
    sheets: new Sheets(),
    channel: 'BroadcastChannel' in globalThis ? new BroadcastChannel('spotter-log') : null,
    // Screens show the library's own name where they have it.
    nameOf: (id) => id.replaceAll('_', ' '),
  });
  return new Log(book, { now: () => Date.now(), newId, account: () => outbox.account, say });
}
