// The same name gives the same id as in a file, and no two exercises are called the same.
import { expect, test } from 'vitest';
import { idOf, wrongName } from './names';

const digits = (): string => '0123abcd';

test.each([
  ['Sled Push', 'custom_sled_push'],
  ['sled-push!', 'custom_sled_push'],
  ['Überzüge (KH)', 'custom_ueberzuege_kh'],
  ['45° Leg Press', 'custom_45_leg_press'],
  ['Жим лёжа', 'custom_0123abcd'],
  [
    'Half-kneeling single-arm landmine press with a pause',
    'custom_half_kneeling_single_arm_landmine_press_0123abcd',
  ],
])('%s is %s', (name, id) => {
  expect(idOf(name, digits)).toBe(id);
});

test('a name is there, short enough, and nobody else’s', () => {
  const others = [{ id: 'custom_sled_push', name: 'Sled Push' }];
  expect(wrongName('  ', null, others)).toBe('empty');
  expect(wrongName('x'.repeat(81), null, others)).toBe('long');
  expect(wrongName('sled push', null, others)).toBe('taken');
  expect(wrongName('Sled-Push', null, others)).toBe('taken');
  expect(wrongName('Sled Push', 'custom_sled_push', others)).toBeNull();
  expect(wrongName('Sled Drag', null, others)).toBeNull();
});
