// Exercises of one's own: what the library does not have, named by the person, with a picture where there is one.
import type { Drawn, OwnExerciseTold } from '$lib/wire/schema';
import type { Told } from '$lib/wire/told';
import { change, getJson, send } from './http';

const PATH = '/own-exercises';
const pathOf = (id: string): string => `${PATH}/${encodeURIComponent(id)}`;
/** A model that draws takes its time. */
const PATIENCE_MS = 180_000;

export type OwnExercise = Told<OwnExerciseTold>;

export function ownExercises(): Promise<OwnExercise[]> {
  return getJson<OwnExercise[]>(PATH);
}

/** Makes one, or calls it something else. `like` is an exercise of the library. */
export async function nameOwn(id: string, name: string, like: string | null): Promise<void> {
  await change(pathOf(id), { method: 'PUT', body: { name, like } });
}

/** True where a model drew it; else the figure of what it is like stays. */
export async function drawOwn(id: string): Promise<boolean> {
  const asked = { method: 'POST', patienceMs: PATIENCE_MS } as const;
  const drawn = (await (await send(`${pathOf(id)}/picture`, asked)).json()) as Drawn;
  return drawn.source === 'model';
}
