// The welcome asks everything once, keeps no word about health without consent, and stops at a red flag.
import { beforeEach, expect, test } from 'vitest';
import type { Profile } from '$lib/wire/plans';
import { Answers, goalOf, type Step } from './answers.svelte';
import { presetOf } from './choices';

let stored: Map<string, string>;
const storage = {
  getItem: (key: string) => stored.get(key) ?? null,
  setItem: (key: string, value: string) => void stored.set(key, value),
  removeItem: (key: string) => void stored.delete(key),
} as unknown as Storage;

beforeEach(() => {
  stored = new Map();
});

function answered(consent: boolean): Answers {
  const answers = new Answers(storage, null);
  Object.assign(answers.told, { goal: 'gain_mass', level: 'beginner', minutes: 45 });
  answers.usePreset('home');
  answers.agree(consent);
  return answers;
}
const text = (): string => [...stored.values()].join();

test.each<[string | null, Step]>([
  [null, 'goal'],
  ['nowhere', 'goal'],
  ['kit', 'goal'],
  ['make', 'goal'],
])('at first `%s` leads to %s', (wanted, step) => {
  expect(new Answers(storage, null).reach(wanted)).toBe(step);
});

test('no question is skipped, and none answered is lost', () => {
  const answers = answered(true);
  expect(answers.reach('make')).toBe('check');
  expect(answers.reach('days')).toBe('days');
  answers.told.checked = true;
  expect(answers.reach('make')).toBe('make');
  expect(answers.beside('consent', 1)).toBe('limits');
  expect(answers.beside('goal', -1)).toBeNull();
});

test('without consent nobody is asked about the body', () => {
  const answers = answered(false);
  expect(answers.steps).not.toContain('limits');
  expect(answers.steps).not.toContain('body');
  expect(answers.beside('consent', 1)).toBe('check');
});

test('without consent nothing of health is kept or sent', () => {
  const answers = answered(true);
  answers.told.limits = ['knee_pain'];
  answers.told.redFlags = ['fainting'];
  answers.told.body.body_mass_kg = 81;
  answers.keep();
  expect(text()).toContain('knee_pain');
  answers.agree(false);
  expect(text()).not.toMatch(/knee|faint|81|limits|body|redFlags|checked/);
  expect(answers.profile).toMatchObject({
    limits: [],
    red_flags: [],
    body: null,
    consent: { health: false },
  });
});

test('before consent was asked nothing of health is kept either', () => {
  const answers = new Answers(storage, null);
  answers.told.redFlags = ['pregnancy'];
  answers.keep();
  expect(text()).not.toContain('pregnancy');
});

test('a reload goes on where it was, and the end leaves nothing', () => {
  const answers = answered(true);
  answers.told.limits = ['hip_pain'];
  answers.keep();
  const again = new Answers(storage, null);
  expect(again.told).toEqual(answers.told);
  expect(again.consent).toBe(true);
  again.forget();
  expect(stored.size).toBe(0);
  stored.set('spotter.welcome', '{');
  expect(new Answers(storage, null).reach('make')).toBe('goal');
});

test('nobody gets past a red flag, and a slip can be taken back', () => {
  const answers = answered(true);
  answers.told.redFlags = ['chest_pain'];
  expect(answers.stopped).toBe(true);
  expect(answers.reach('make')).toBe('check');
  answers.told.redFlags = [];
  answers.told.checked = true;
  expect(answers.reach('make')).toBe('make');
});

test('whoever is under 16 is so by the year, too', () => {
  const answers = answered(true);
  answers.told.checked = true;
  answers.told.body.birth_year = 2000;
  answers.checkAge(2026);
  expect(answers.stopped).toBe(false);
  answers.told.body.birth_year = 2012;
  answers.checkAge(2026);
  expect(answers.told.redFlags).toEqual(['under_16']);
  expect(answers.reach('make')).toBe('check');
});

test('an earlier profile is where one begins', () => {
  const profile: Profile = {
    goal: 'neck_strength',
    level: 'advanced',
    weekdays: ['tue'],
    minutes: 30,
    kit: ['mat'],
    limits: ['vertigo'],
    avoid: ['burpee'],
    body: null,
    red_flags: [],
    consent: { health: true },
  };
  const answers = new Answers(storage, profile);
  expect(answers.profile).toEqual(profile);
  expect(goalOf(profile, '2026-11-21')).toMatchObject({
    injuries: ['vertigo'],
    avoid: ['burpee'],
    start_on: '2026-11-21',
  });
});

test('a preset is known again, and a change makes it none', () => {
  const answers = answered(false);
  expect(presetOf(answers.told.kit)).toBe('home');
  answers.told.kit.push('kettlebell');
  expect(presetOf(answers.told.kit)).toBeNull();
});
