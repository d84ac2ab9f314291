// Other programs' files in, with a look first, and the record out as a file.
import type { ImportOptions, ImportPreview } from '$lib/wire/import';
import { send } from './http';

/** Years of training take the server a while. */
const PATIENCE_MS = 180_000;

/** As much as the server reads. */
export const MOST_BYTES = 20 * 1024 * 1024;

export const OUT = ['spotter_csv', 'spotter_json', 'strong', 'hevy'] as const;
export type Out = (typeof OUT)[number];

/** What is in a file. It is kept only where the options say so; the same file again adds nothing. */
export async function readWorkouts(file: Blob, options: ImportOptions): Promise<ImportPreview> {
  const body = new FormData();
  body.set('options', JSON.stringify(options));
  body.set('file', file);
  const asked = { method: 'POST', body, patienceMs: PATIENCE_MS } as const;
  const response = await send('/import/workouts', asked);
  return (await response.json()) as ImportPreview;
}

/** Every session as a file, or one of them; FIT holds no more than one. */
export async function workoutsFile(format: Out | 'fit', session?: string): Promise<Blob> {
  // Fetched rather than linked to: times in it are told in the zone that a header names.
  const one = session === undefined ? '' : `&session=${encodeURIComponent(session)}`;
  const path = `/export/workouts?format=${format}${one}`;
  return (await send(path, { patienceMs: PATIENCE_MS })).blob();
}
