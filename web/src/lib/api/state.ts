// What the server knows of the person: profile, plan in force.
import type { Profile, State } from '$lib/wire/plans';
import { change } from './http';
import { getKept, keepAnswer, type Kept } from './kept';

const PATH = '/state';

export function state(): Promise<Kept<State>> {
  return getKept<State>(PATH);
}

/** Replaces everything that was told before. */
export async function putProfile(profile: Profile): Promise<State> {
  const response = await change('/profile', { method: 'PUT', body: profile });
  return (await keepAnswer<State>(PATH, response)).value;
}
