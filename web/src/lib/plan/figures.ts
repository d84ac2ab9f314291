// From which side an exercise of a plan is drawn.
import { facing, find, type LibraryEntry, type View } from '$lib/catalog/exercises';

export function viewOf(all: readonly LibraryEntry[], id: string): View {
  const exercise = find(all, id);
  return exercise ? facing(exercise) : 'side';
}
