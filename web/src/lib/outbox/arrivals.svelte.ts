// Whoever shows what the server reckons asks again when something of theirs has arrived there.
import { untrack } from 'svelte';
import type { Outbox } from './outbox.svelte';
import type { OutboxRequest } from './request';

/** Calls `then` once everything that `concerns` us and can go has left the outbox. For the top of a component. */
export function whenArrived(
  outbox: Outbox,
  concerns: (request: OutboxRequest) => boolean,
  then: () => void,
): void {
  let before: readonly OutboxRequest[] = [];
  let left = false;
  // Follows the browser's database, which every tab changes.
  $effect(() => {
    const now = outbox.requests.filter(concerns);
    left ||= before.some(({ order }) => !now.some((one) => one.order === order));
    before = now;
    const mayGo = (one: OutboxRequest): boolean =>
      one.state !== 'failed' && outbox.waitsFor(one) === null;
    if (!left || now.some(mayGo)) return;
    left = false;
    untrack(then);
  });
}
