// Keeps the screen on during a set. Browsers take the lock away when the page is hidden, so it is asked for again.

export class WakeLock {
  #wanted = false;
  #lock: WakeLockSentinel | null = null;
  #onVisible = (): void => {
    if (document.visibilityState === 'visible') void this.#ask();
  };

  hold(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    document.addEventListener('visibilitychange', this.#onVisible);
    void this.#ask();
  }

  release(): void {
    this.#wanted = false;
    document.removeEventListener('visibilitychange', this.#onVisible);
    void this.#lock?.release().catch(() => {});
    this.#lock = null;
  }

  async #ask(): Promise<void> {
    if (!this.#wanted || !('wakeLock' in navigator)) return;
    try {
      this.#lock = await navigator.wakeLock.request('screen');
    } catch {
      // Low battery or no permission: the screen may go dark, the set goes on.
    }
  }
}
