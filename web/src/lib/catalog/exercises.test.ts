// The list follows the chosen language, is fetched once in each, and again after a failure.
import { afterEach, expect, test, vi } from 'vitest';
import { speak } from '$lib/i18n/index.svelte';
import { exercises, find } from './exercises';

const names = { en: 'Push-up', de: 'Liegestütz' };
const fetched: string[] = [];
let broken = false;

vi.stubGlobal('fetch', (path: string) => {
  fetched.push(path);
  if (broken) return Promise.reject(new Error('offline'));
  const name = path.includes('.de.') ? names.de : names.en;
  const aliases = name === names.de ? [names.en, 'ex_pushup'] : ['ex_pushup'];
  return Promise.resolve(Response.json([{ id: 'push_up', name, aliases, camera_judged: true }]));
});

afterEach(() => fetched.splice(0));

async function check(language: 'en' | 'de', expected: string[]): Promise<void> {
  await speak(language);
  expect((await exercises())[0]?.name).toBe(names[language]);
  expect(fetched).toEqual(expected);
}

test('after a failure it is tried again', async () => {
  await speak('de');
  broken = true;
  await expect(exercises()).rejects.toThrow('could not reach');
  broken = false;
  fetched.splice(0);
  await check('de', ['/catalog/exercises.de.json']);
});

test('each language is fetched once', async () => {
  await check('en', ['/catalog/exercises.en.json']);
  await check('de', ['/catalog/exercises.en.json']);
  await check('en', ['/catalog/exercises.en.json']);
});

test('in German the English names find it, too', async () => {
  await speak('de');
  const all = await exercises();
  expect(find(all, 'Push-up')?.name).toBe(names.de);
  expect(find(all, 'ex_pushup')?.name).toBe(names.de);
});
