// One tab sends at a time: the browser's own locks where it has them (they end with their tab), else a lease that runs out.
import type { Queue } from './queue';

/** Longer than one request may take, so that a slow sender keeps its turn; renewed before each request. */
export const LEASE_MS = 45_000;

export interface Turn {
  /** Runs `work` where no other tab has the turn. `renew` before each request answers whether it is still ours. */
  take(work: (renew: () => Promise<boolean>) => Promise<void>): Promise<'done' | 'taken'>;
}

const NAME = 'spotter-outbox';

export function lockTurn(locks: LockManager): Turn {
  return {
    take: (work) =>
      locks.request(NAME, { ifAvailable: true }, async (lock) => {
        if (!lock) return 'taken' as const;
        await work(() => Promise.resolve(true));
        return 'done' as const;
      }),
  };
}

export function leaseTurn(queue: Queue, holder: string, now: () => number): Turn {
  const renew = (): Promise<boolean> => queue.takeLease(holder, now(), LEASE_MS);
  return {
    async take(work) {
      if (!(await renew())) return 'taken';
      try {
        await work(renew);
      } finally {
        await queue.giveLease(holder);
      }
      return 'done';
    },
  };
}
