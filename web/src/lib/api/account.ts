// The account: who is signed in, signing in and out, devices, everything as a file, everything gone.
import type { Device, Me } from '$lib/wire/account';
import type { State } from '$lib/wire/plans';
import { address, change, getJson, send } from './http';
import { forget, getKept, keepAnswer, type Kept } from './kept';
import { forgetAccount, lastKnownAccount, rememberAccount } from './who';

export async function me(): Promise<Kept<Me>> {
  const kept = await getKept<Me>('/me');
  rememberAccount(kept.value.id);
  return kept;
}

/** Asks who we are where this device does not know it yet: what is written without a network must be somebody's. */
export async function learnAccount(): Promise<void> {
  if (lastKnownAccount() === null) await me().catch(() => null);
}

/** Whoever signs in finds nothing of the one before. */
export async function arrive(response: Response): Promise<Me> {
  await forget();
  const { value } = await keepAnswer<Me>('/me', response);
  rememberAccount(value.id);
  return value;
}

export async function signUp(name: string, password: string): Promise<Me> {
  return arrive(await send('/auth/sign-up', { method: 'POST', body: { name, password } }));
}

export async function signIn(name: string, password: string): Promise<Me> {
  return arrive(await send('/auth/sign-in', { method: 'POST', body: { name, password } }));
}

export async function signOut(): Promise<void> {
  await send('/auth/sign-out', { method: 'POST' });
  forgetAccount();
  await forget();
}

/** Signs other devices out. */
export async function changePassword(current: string, next: string): Promise<void> {
  await send('/auth/password', { method: 'PUT', body: { current, new: next } });
}

export function devices(): Promise<Device[]> {
  return getJson<Device[]>('/auth/devices');
}

export async function revoke(device: string): Promise<void> {
  await send(`/auth/devices/${encodeURIComponent(device)}`, { method: 'DELETE' });
}

/** The address of everything that the server keeps of the account, as a ZIP. */
export function exportFile(): string {
  return address('/export');
}

/** Takes what another server exported. Refused where the account is not empty. */
export async function importFile(file: Blob): Promise<State> {
  const response = await send('/import', { method: 'POST', body: file, patienceMs: 120_000 });
  return (await keepAnswer<State>('/state', response)).value;
}

/** Deletes the account and everything of it. `name` is typed by the person. */
export async function deleteAccount(name: string): Promise<void> {
  await change('/me', { method: 'DELETE', body: { confirm: name } });
  forgetAccount();
  await forget();
}
