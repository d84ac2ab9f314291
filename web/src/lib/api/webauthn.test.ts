// The JSON of passkeys, with browsers that translate it and with those that do not.
import { afterEach, expect, test, vi } from 'vitest';
import { make, show } from './webauthn';

const buffer = (...numbers: number[]) => new Uint8Array(numbers).buffer;
const asked: unknown[] = [];

function browser(own: object, credential: object | Error): void {
  const answer = (options: { publicKey: unknown }) => {
    asked.push(options.publicKey);
    return credential instanceof Error ? Promise.reject(credential) : Promise.resolve(credential);
  };
  vi.stubGlobal('PublicKeyCredential', own);
  vi.stubGlobal('navigator', { credentials: { create: answer, get: answer } });
}

afterEach(() => {
  vi.unstubAllGlobals();
  asked.length = 0;
});

const CREATION: PublicKeyCredentialCreationOptionsJSON = {
  rp: { id: 'spotter.local', name: 'Spotter' },
  user: { id: '-_8', name: 'Ana', displayName: 'Ana' },
  challenge: 'AQID',
  pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  excludeCredentials: [{ id: 'BA', type: 'public-key' }],
};

test('an older browser is given bytes, and its bytes are written out', async () => {
  const response = { clientDataJSON: buffer(1), attestationObject: buffer(251, 255) };
  browser({}, { rawId: buffer(4), response });
  expect(await make(CREATION)).toEqual({
    id: 'BA',
    rawId: 'BA',
    type: 'public-key',
    response: { clientDataJSON: 'AQ', attestationObject: '-_8' },
    clientExtensionResults: {},
  });
  expect(asked[0]).toMatchObject({
    rp: CREATION.rp,
    challenge: new Uint8Array([1, 2, 3]),
    user: { id: new Uint8Array([251, 255]), name: 'Ana' },
    excludeCredentials: [{ id: new Uint8Array([4]), type: 'public-key' }],
  });
});

test('a passkey is shown by an older browser', async () => {
  const response = {
    clientDataJSON: buffer(1),
    authenticatorData: buffer(2),
    signature: buffer(3),
    userHandle: null,
  };
  browser({}, { rawId: buffer(4), response });
  expect(await show({ challenge: 'AQID', rpId: 'spotter.local' })).toMatchObject({
    response: { clientDataJSON: 'AQ', authenticatorData: 'Ag', signature: 'Aw' },
  });
  expect(asked[0]).toMatchObject({ challenge: new Uint8Array([1, 2, 3]), rpId: 'spotter.local' });
});

test('a browser that translates does it itself', async () => {
  const own = { parseCreationOptionsFromJSON: () => 'parsed' };
  browser(own, { toJSON: () => ({ id: 'from the browser' }) });
  expect(await make(CREATION)).toEqual({ id: 'from the browser' });
  expect(asked).toEqual(['parsed']);
});

test('a closed question, a known passkey and what failed are told apart', async () => {
  const failing = (name: string) => browser({}, new DOMException('', name));
  failing('NotAllowedError');
  expect(await make(CREATION)).toBe('closed');
  failing('InvalidStateError');
  expect(await make(CREATION)).toBe('known');
  failing('SecurityError');
  await expect(make(CREATION)).rejects.toMatchObject({ kind: 'refused' });
});
