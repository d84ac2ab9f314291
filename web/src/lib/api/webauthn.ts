// Asks the browser for a passkey, with the JSON that the server speaks: WebAuthn's own.
//
// Browsers translate it themselves; older ones do not, and some password managers answer with objects that cannot.
import { t } from '$lib/i18n/index.svelte';
import { ApiError } from './http';

/** The person closed the browser's own question, or let it be. */
export const CLOSED = 'closed';
/** This device has a passkey of this account already. */
export const KNOWN = 'known';

/** Whether this browser knows passkeys at all; on pages that anybody on the way could change, none does. */
export function canPasskeys(): boolean {
  return typeof PublicKeyCredential !== 'undefined' && 'credentials' in navigator;
}

/** A new passkey, as JSON. */
export async function make(
  options: PublicKeyCredentialCreationOptionsJSON,
): Promise<object | typeof CLOSED | typeof KNOWN> {
  const publicKey = forMaking(options);
  return answered(() => navigator.credentials.create({ publicKey }));
}

/** What proves that a passkey is here, as JSON. */
export async function show(
  options: PublicKeyCredentialRequestOptionsJSON,
): Promise<object | typeof CLOSED> {
  const publicKey = forShowing(options);
  const shown = await answered(() => navigator.credentials.get({ publicKey }));
  return shown === KNOWN ? CLOSED : shown;
}

async function answered(ask: () => Promise<Credential | null>) {
  try {
    const credential = (await ask()) as PublicKeyCredential | null;
    return credential === null ? CLOSED : toJson(credential);
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'NotAllowedError' || error.name === 'AbortError') return CLOSED;
    if (error.name === 'InvalidStateError') return KNOWN;
    throw new ApiError('refused', null, { detail: t('passkey.failed') });
  }
}

function forMaking(
  options: PublicKeyCredentialCreationOptionsJSON,
): PublicKeyCredentialCreationOptions {
  if ('parseCreationOptionsFromJSON' in PublicKeyCredential)
    return PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const { challenge, user, excludeCredentials = [] } = options;
  return {
    ...(options as object as PublicKeyCredentialCreationOptions),
    challenge: bytes(challenge),
    user: { ...user, id: bytes(user.id) },
    excludeCredentials: excludeCredentials.map(({ id }) => ({ id: bytes(id), type: 'public-key' })),
  };
}

function forShowing(
  options: PublicKeyCredentialRequestOptionsJSON,
): PublicKeyCredentialRequestOptions {
  if ('parseRequestOptionsFromJSON' in PublicKeyCredential)
    return PublicKeyCredential.parseRequestOptionsFromJSON(options);
  // The server names no credentials: the device knows its own.
  return {
    ...(options as object as PublicKeyCredentialRequestOptions),
    challenge: bytes(options.challenge),
    allowCredentials: [],
  };
}

function toJson(credential: PublicKeyCredential): object {
  try {
    return credential.toJSON();
  } catch (error) {
    // There is none, or it is not for this object.
    if (!(error instanceof TypeError)) throw error;
  }
  const response: Record<string, unknown> = {};
  for (const name of [
    'clientDataJSON',
    'attestationObject',
    'authenticatorData',
    'signature',
    'userHandle',
  ]) {
    const value: unknown = Reflect.get(credential.response, name);
    if (value instanceof ArrayBuffer) response[name] = base64url(value);
  }
  const id = base64url(credential.rawId);
  return { id, rawId: id, type: 'public-key', response, clientExtensionResults: {} };
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

function base64url(buffer: ArrayBuffer): string {
  const base64 = btoa(String.fromCharCode(...new Uint8Array(buffer)));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
