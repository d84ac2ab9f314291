// Every language says everything, and everything that is said is used.
import { readFileSync, readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KINDS } from '../catalog/words';
import de from './de.json';
import en from './en.json';

const source = new URL('../../', import.meta.url);
const code = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.(svelte|ts)$/.test(path))
  .map((path) => readFileSync(new URL(path, source), 'utf8'))
  .join('\n');

/** `{{name}}` parts of a text. */
const holes = (text: string): string[] =>
  [...text.matchAll(/\{\{(\w+)\}\}/g)].map((hole) => hole[1] ?? '').sort();
/** Keys whose end is put together in code: a line like `t(`muscle.${id}`)`. */
const BUILT = [...code.matchAll(/['"`]?([a-z_.]+\.)\$\{/g)].map((built) => built[1] ?? '');

test('both languages have the same keys', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
});

test.each(Object.entries(en))('%s fills the same holes in both languages', (key, text) => {
  expect(holes((de as Record<string, string>)[key] ?? '')).toEqual(holes(text));
});

test('no text is left over', () => {
  const unused = Object.keys(en)
    .map((key) => key.replace(/_(one|other)$/, ''))
    .filter((key) => !code.includes(`'${key}'`) && !code.includes(`\`${key}\``))
    .filter((key) => ![...KINDS, 'placement'].includes(key.split('.')[0] ?? ''))
    .filter((key) => !BUILT.some((start) => key.startsWith(start)));
  expect(unused).toEqual([]);
});
