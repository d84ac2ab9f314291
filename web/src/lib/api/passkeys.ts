// Passkeys of the account: those there are, another one, signing in with one.
import type { KnownPasskey, Me } from '$lib/wire/account';
import { arrive } from './account';
import { getJson, send } from './http';
import { CLOSED, KNOWN, make, show } from './webauthn';

export { canPasskeys } from './webauthn';

export function passkeys(): Promise<KnownPasskey[]> {
  return getJson<KnownPasskey[]>('/auth/passkeys');
}

/** Null where the person closed the browser's own question. */
export async function signInWithPasskey(): Promise<Me | null> {
  const begun = await send('/auth/passkeys/sign-in/begin', { method: 'POST' });
  const shown = await show((await begun.json()) as PublicKeyCredentialRequestOptionsJSON);
  if (shown === CLOSED) return null;
  return arrive(await send('/auth/passkeys/sign-in/finish', { method: 'POST', body: shown }));
}

/** Makes a passkey of this account, on whatever the person chooses. */
export async function addPasskey(): Promise<'added' | typeof CLOSED | typeof KNOWN> {
  const begun = await send('/auth/passkeys/register/begin', { method: 'POST' });
  const made = await make((await begun.json()) as PublicKeyCredentialCreationOptionsJSON);
  if (typeof made === 'string') return made;
  await send('/auth/passkeys/register/finish', { method: 'POST', body: made });
  return 'added';
}

export async function removePasskey(id: string): Promise<void> {
  await send(`/auth/passkeys/${encodeURIComponent(id)}`, { method: 'DELETE' });
}
