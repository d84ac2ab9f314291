// Ids of exercises of one's own, made from their names as the server makes them of names in files.
import { newKey } from '$lib/api/http';

/** Letters of the name that an id keeps. */
const MOST = 40;
export const MOST_NAME = 80;

const SPELLED: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss' };

/**
 * `Sled Push` is `custom_sled_push`, here and in every file. Where letters are lost, `digits` tell it from others: the server's
 * are a hash, for which plain HTTP pages have no tool, so that these are drawn by lot.
 */
export function idOf(name: string, digits: () => string = () => newKey().slice(0, 8)): string {
  const whole = name
    .toLowerCase()
    .replace(/[äöüß]/g, (letter) => SPELLED[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join('_');
  const slug = whole.replace(/[^a-z0-9_]/g, '').slice(0, MOST);
  if (slug === whole && slug !== '') return `custom_${slug}`;
  return ['custom', ...slug.split('_').filter((word) => word !== ''), digits()].join('_');
}

/** What is wrong with a name. */
export function wrongName(
  name: string,
  self: string | null,
  others: readonly { id: string; name: string }[],
): 'empty' | 'long' | 'taken' | null {
  const plain = name.trim();
  if (plain === '') return 'empty';
  if ([...plain].length > MOST_NAME) return 'long';
  const same = (one: { id: string; name: string }): boolean =>
    one.name.toLowerCase() === plain.toLowerCase() || (self === null && one.id === idOf(plain));
  return others.some((one) => one.id !== self && same(one)) ? 'taken' : null;
}
