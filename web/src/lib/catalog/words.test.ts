// Whatever name the library uses, both languages have a word for it.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { MUSCLES } from '../body-map/geometry';
import de from '../i18n/de.json';
import en from '../i18n/en.json';
import { KINDS, type Kind } from './words';

/** The variants of each `names!` in Rust, which is where the library's names come from. */
function namesOf(file: string, name: string): string[] {
  const path = new URL(`../../../../crates/training/src/${file}`, import.meta.url);
  const source = readFileSync(path, 'utf8').split('\n').join(' ');
  const body = new RegExp(`\\b${name} \\{(.*?)\\}`).exec(source)?.[1] ?? '';
  return [...body.matchAll(/= "(\w+)"/g)].map((match) => match[1] ?? '');
}

const SOURCES: Record<Kind, [file: string, name: string]> = {
  muscle: ['exercise.rs', 'Muscle'],
  kit: ['exercise.rs', 'Kit'],
  pattern: ['exercise.rs', 'Pattern'],
  level: ['exercise.rs', 'Level'],
  limit: ['exercise.rs', 'Limit'],
  role: ['exercise.rs', 'Role'],
  goal: ['program.rs', 'Goal'],
  dose: ['exercise.rs', 'Dose'],
  load: ['exercise.rs', 'LoadKind'],
};

test.each(KINDS)('every %s has a word in both languages', (kind) => {
  const names = namesOf(...SOURCES[kind]);
  expect(names.length).toBeGreaterThan(2);
  for (const words of [en, de] as Record<string, string>[])
    expect(names.filter((name) => !words[`${kind}.${name}`])).toEqual([]);
});

test('every muscle is on the body map', () => {
  expect([...MUSCLES].sort()).toEqual(namesOf('exercise.rs', 'Muscle').sort());
});
