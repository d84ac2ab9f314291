// Exercises of one's own: made, changed, and told apart, with the keyboard alone, in any script, in German too.
import { expect, type Page } from '@playwright/test';
import { test } from './athlete';
import { checkAxe } from './axe';
import { settle } from './journeys';

interface Own {
  id: string;
  name: string;
  like: string | null;
}
const onServer = (page: Page): Promise<Own[]> =>
  page.evaluate(async () => (await (await fetch('/api/v1/own-exercises')).json()) as Own[]);

/** Through the dialog, as fast as one types. */
async function add(page: Page, name: string): Promise<void> {
  await page.getByTestId('own-add').click();
  await page.getByTestId('own-name').fill(name);
  await page.getByTestId('own-save').click();
  await expect(page.getByRole('heading', { level: 2, name, exact: true })).toBeVisible();
}

test('by keyboard alone: one is made, found wrong, corrected, and changed', async ({ page }) => {
  await page.goto('/library');
  await page.getByTestId('own-link').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'None of your own yet' })).toBeVisible();
  await page.getByTestId('own-add').focus();
  await page.keyboard.press('Enter');
  const name = page.getByTestId('own-name');
  await expect(name).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert')).toHaveText('Give it a name.');
  await expect(name).toBeFocused();
  await expect(name).toHaveAccessibleDescription('Give it a name.');
  await page.keyboard.type('x'.repeat(81));
  await expect(page.getByRole('alert')).toHaveText('At most 80 characters.');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Sled push');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Push-up');
  await expect(page.getByTestId('own-like')).toHaveValue('push_up');
  await page.keyboard.press('Tab');
  await expect(page.getByTestId('own-save')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('own-custom_sled_push')).toContainText('Like Push-up');

  await page.getByRole('button', { name: /^Change ?: Sled push/ }).focus();
  await page.keyboard.press('Enter');
  await expect(name).toBeFocused();
  await page.keyboard.press('Escape');
  // Out of the page, not only closed: the browser tells the page a moment later.
  await expect(name).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Change ?: Sled push/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(name).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Prowler');
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('own-custom_sled_push')).toContainText('Prowler');
  expect(await onServer(page)).toEqual([
    expect.objectContaining({ id: 'custom_sled_push', name: 'Prowler', like: 'push_up' }),
  ]);
});

test('names in any script stay apart, and a name is given once', async ({ page }) => {
  await page.goto('/library/own');
  const names = ['Жим лёжа', 'ベンチプレス', 'مرفوع', 'Überzüge', 'x'.repeat(80)];
  for (const name of names) await add(page, name);
  const own = await onServer(page);
  expect(own.map(({ name }) => name).sort()).toEqual([...names].sort());
  expect(new Set(own.map(({ id }) => id)).size).toBe(names.length);
  expect(own.find(({ name }) => name === 'Überzüge')?.id).toBe('custom_ueberzuege');

  await page.getByTestId('own-add').click();
  for (const taken of ['жим ЛЁЖА', ' überzüge ', 'Überzüge!']) {
    await page.getByTestId('own-name').fill(taken);
    await page.getByTestId('own-save').click();
    await expect(page.getByRole('alert'), taken).toContainText('called that already');
  }
  expect(await onServer(page)).toHaveLength(names.length);
});

test('a server that cannot be reached loses nothing that was typed', async ({ page }) => {
  await page.goto('/library/own');
  await page.getByTestId('own-add').click();
  await page.getByTestId('own-name').fill('Sled push');
  await page.route('**/api/v1/own-exercises/**', (route) => route.abort());
  await page.getByTestId('own-save').click();
  await expect(page.getByRole('alert')).toContainText('cannot be reached');
  await page.unroute('**/api/v1/own-exercises/**');
  await page.getByTestId('own-save').click();
  await expect(page.getByTestId('own-custom_sled_push')).toBeVisible();
});

test('in German, in the dark, on a small phone with large text: axe finds nothing, nothing is cut off', async ({
  page,
}) => {
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.setViewportSize({ width: 320, height: 700 });
  await page.addInitScript(() =>
    localStorage.setItem('spotter.settings', '{"textScale":2,"language":"de"}'),
  );
  const look = async (): Promise<void> => {
    await settle(page);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over).toBeLessThanOrEqual(0);
    await checkAxe(page);
  };
  await page.goto('/library/own');
  await expect(page.getByRole('heading', { name: 'Noch keine eigenen' })).toBeVisible();
  await look();
  await page.getByTestId('own-add').click();
  await page.getByTestId('own-save').click();
  await expect(page.getByRole('alert')).toHaveText('Gib ihr einen Namen.');
  await look();
  await page
    .getByTestId('own-name')
    .fill('Donaudampfschifffahrtsgesellschaftskapitänsgewichtheben');
  await page.getByTestId('own-like').selectOption('squat');
  await page.getByTestId('own-save').click();
  const row = page.getByTestId(/^own-custom_/);
  await expect(row).toContainText('Wie Kniebeuge');
  await look();
  // The picture stays in its place.
  const [card, picture] = await Promise.all([row.boundingBox(), row.locator('img').boundingBox()]);
  expect((picture?.height ?? 999) < (card?.height ?? 0)).toBe(true);
});
