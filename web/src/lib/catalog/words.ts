// The words for names that the library uses: muscles, kit, limits and the like.
import { isText, t } from '$lib/i18n/index.svelte';

/** What kinds of names there are; each is the beginning of their texts' keys. */
export const KINDS = [
  'muscle',
  'kit',
  'pattern',
  'level',
  'limit',
  'role',
  'goal',
  'dose',
  'load',
] as const;
export type Kind = (typeof KINDS)[number];

/** The word for a name; the name itself where a newer engine has one that this page does not know. */
export function word(kind: Kind, name: string): string {
  const key = `${kind}.${name}`;
  return isText(key) ? t(key) : name.replaceAll('_', ' ');
}

/** Several, with commas. */
export function words(kind: Kind, names: readonly string[]): string {
  return names.map((name) => word(kind, name)).join(', ');
}

/** With a capital letter, to stand alone. */
export function title(text: string): string {
  return text.charAt(0).toLocaleUpperCase() + text.slice(1);
}
