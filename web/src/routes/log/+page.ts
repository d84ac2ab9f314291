// What a session can begin with: today's workout, what was done before, and one that runs elsewhere.
import { learnAccount } from '$lib/api/account';
import { recentSessions, runningSession } from '$lib/api/sessions';
import { lastKnownAccount } from '$lib/api/who';
import type { LibraryEntry } from '$lib/catalog/exercises';
import { libraryAndOwn } from '$lib/catalog/own';
import { dateOf } from '$lib/plan/dates';
import { coming } from '$lib/today/coming';
import type { SessionInShort } from '$lib/wire/sessions';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:log');
  const exercises = await libraryAndOwn().catch((): LibraryEntry[] => []);
  await learnAccount();
  // Nobody waits for the server to go on with a session that is here.
  const asked = Promise.all([
    coming(dateOf(new Date())).catch(() => null),
    recentSessions(6).catch((): SessionInShort[] => []),
    runningSession().catch(() => null),
  ]).then(([now, recent, elsewhere]) => ({ now, recent, elsewhere }));
  return { exercises, known: lastKnownAccount() !== null, asked };
};
