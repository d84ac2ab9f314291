// Who is signed in, and from which devices, with the names that Rust tells as plain strings written out.
import type * as schema from './schema';

export type { Features, KnownPasskey } from './schema';

/** `via` is how the server knows: `this_machine` and `paired` need no password. */
export type Me = schema.Me & {
  role: 'athlete' | 'trainer' | 'operator' | 'admin';
  via: 'this_machine' | 'paired' | 'password' | 'passkey';
};

export type Device = schema.SignedInDevice & { kind: 'password' | 'paired' | 'passkey' };
