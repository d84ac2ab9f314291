// The rest as it runs down: read from the sheet, so that it survives a reload and is the same in every tab. Tells its end with
// a tone, a shake and, where that was allowed, a notification.
import { t } from '$lib/i18n/index.svelte';
import type { Sounds } from '$lib/live/sounds';
import type { Rest } from './sheet';

/** A rest that ended longer ago is not told any more. */
const STALE_MS = 5000;

export class RestClock {
  left_secs = $state(0);
  #sounds: Sounds;
  #told = 0;

  constructor(sounds: Sounds) {
    this.#sounds = sounds;
  }

  /** A few times a second. Answers whether the rest is over. */
  look(rest: Rest, now_ms: number, notices: boolean): boolean {
    const before = this.left_secs;
    this.left_secs = Math.max(0, Math.ceil((rest.ends_at_ms - now_ms) / 1000));
    if (this.left_secs > 0) {
      if (this.left_secs <= 3 && this.left_secs !== before) this.#sounds.play('tick');
      return false;
    }
    if (this.#told !== rest.ends_at_ms && now_ms - rest.ends_at_ms < STALE_MS)
      this.#tell(rest, notices);
    this.#told = rest.ends_at_ms;
    return true;
  }

  #tell(rest: Rest, notices: boolean): void {
    this.#sounds.play('rested');
    if ('vibrate' in navigator && navigator.userActivation?.hasBeenActive)
      navigator.vibrate([200, 100, 200]);
    if (notices && document.hidden) void notify(rest.next);
  }
}

/** One for all tabs: the tag makes the later one take the earlier one's place. */
async function notify(next: string): Promise<void> {
  if (!('Notification' in globalThis) || Notification.permission !== 'granted') return;
  const options = {
    body: next === '' ? '' : t('log.rest.next', { name: next }),
    tag: 'spotter-rest',
    icon: '/icon-192.png',
  };
  try {
    // Phones only take notifications from the service worker.
    const worker = await navigator.serviceWorker?.getRegistration();
    if (worker) await worker.showNotification(t('log.rest.over'), options);
    else new Notification(t('log.rest.over'), options);
  } catch {
    // The tone and the screen have told it.
  }
}

/** Asks for leave to notify. Answers whether it was given. */
export async function mayNotify(): Promise<boolean> {
  if (!('Notification' in globalThis)) return false;
  return (await Notification.requestPermission()) === 'granted';
}
