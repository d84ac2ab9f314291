// Which account this device last belonged to: what is written without a network is its, and sent as nobody else's.
const KEY = 'spotter.who';

/** The account's id; null where nobody has signed in, or has signed out. */
export function lastKnownAccount(): string | null {
  return storage()?.getItem(KEY) ?? null;
}

export function rememberAccount(id: string): void {
  storage()?.setItem(KEY, id);
}

export function forgetAccount(): void {
  storage()?.removeItem(KEY);
}

function storage(): Storage | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
