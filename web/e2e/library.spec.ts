// Every exercise: found by words and choices, opened, and there again without a network.
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { settle } from './journeys';

async function nHits(page: Page): Promise<number> {
  return Number.parseInt((await page.getByTestId('hit-count').textContent()) ?? '', 10);
}

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  return violations.map((one) => `${one.id}: ${one.nodes.map(({ html }) => html).join(' | ')}`);
}

test('an exercise is found by words, and opened', async ({ page }) => {
  await page.goto('/library');
  await settle(page);
  expect(await nHits(page)).toBeGreaterThanOrEqual(130);
  await page.keyboard.press('/');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.keyboard.type('pushup');
  await expect(page.getByRole('link', { name: /^Push-up/ })).toBeVisible();
  await expect(page).toHaveURL('/library?q=pushup');
  await page.getByRole('link', { name: /^Push-up/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Push-up' })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('searchbox')).toHaveValue('pushup');
  await page.getByRole('searchbox').fill('flying carpet');
  await expect(page.getByRole('heading', { name: 'No exercise fits' })).toBeVisible();
  await page.getByRole('button', { name: 'Clear all' }).last().click();
  expect(await nHits(page)).toBeGreaterThanOrEqual(130);
  await expect(page).toHaveURL('/library');
});

test('choices narrow it down, and the address keeps them', async ({ page }) => {
  await page.goto('/library');
  await settle(page);
  const all = await nHits(page);
  await page.getByRole('checkbox', { name: 'No equipment' }).check({ force: true });
  const withoutKit = await nHits(page);
  expect(withoutKit).toBeLessThan(all);
  await page.getByRole('switch', { name: /camera can judge/ }).check();
  expect(await nHits(page)).toBeLessThan(withoutKit);
  await expect(page).toHaveURL('/library?kit=none&judged=1');
  const left = await nHits(page);
  await page.reload();
  await settle(page);
  expect(await nHits(page)).toBe(left);
  await page.getByRole('button', { name: 'Remove filter No equipment' }).click();
  await expect(page).toHaveURL('/library?judged=1');
});

test('the body map picks muscles by keyboard alone', async ({ page }) => {
  await page.goto('/library');
  await settle(page);
  const chest = page.getByRole('option', { name: 'Chest' });
  await chest.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('option', { name: 'Biceps' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'Biceps' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(page).toHaveURL('/library?muscle=biceps');
  await page.keyboard.press('End');
  await expect(page.getByRole('option', { name: 'Calves' })).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press(' ');
  await expect(page).toHaveURL('/library?muscle=biceps,neck_flexors');
  expect(await page.getByRole('option').count()).toBe(24);
});

test('on a phone the choices are in a panel that says what they leave', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/library');
  await settle(page);
  await page.getByTestId('open-filters').click();
  const panel = page.getByRole('dialog', { name: 'Filters' });
  await panel.getByRole('checkbox', { name: 'Cool-down' }).check({ force: true });
  const show = page.getByTestId('show-hits');
  await expect(show).toBeInViewport();
  const promised = Number(/\d+/.exec((await show.textContent()) ?? '')?.[0]);
  expect(await axe(page)).toEqual([]);
  await show.click();
  await expect(panel).toBeHidden();
  expect(await nHits(page)).toBe(promised);
});

test('a figure moves only while it is looked at, and never where motion is reduced', async ({
  page,
}) => {
  await page.goto('/library?q=squat');
  const card = page.getByRole('link', { name: /^Squat/ }).first();
  const figure = card.locator('img');
  await expect(figure).toHaveAttribute('src', /still/);
  await card.hover();
  await expect(figure).toHaveAttribute('src', /moving/);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await expect(figure).toHaveAttribute('src', /still/);
});

test('what the camera cannot judge is told in full, and leads on', async ({ page }) => {
  await page.goto('/exercise/knee_push_up');
  await settle(page);
  await expect(page.getByText('The camera cannot judge this one')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Start training' })).toBeHidden();
  await expect(page.getByRole('img', { name: 'Knee push-up, Turning point' })).toBeVisible();
  await page.getByRole('radio', { name: 'Front' }).check({ force: true });
  await expect(page.getByRole('img', { name: /moving figure/ })).toHaveAttribute('src', /front/);
  expect(await axe(page)).toEqual([]);
  await page.getByRole('link', { name: 'Push-up', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Push-up' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Start training' })).toBeVisible();
  await page.getByRole('link', { name: 'Chest: trains' }).focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/library?muscle=chest');
});

test('what was seen once is there without a network, and the rest stands still', async ({
  page,
  context,
}) => {
  await page.goto('/');
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  // From now on the service worker keeps what is seen.
  await page.goto('/exercise/farmers_carry');
  await settle(page);
  await expect(page.getByRole('img', { name: /Start$/ })).toBeVisible();
  await page.waitForLoadState('networkidle');
  await context.setOffline(true);
  const width = (name: RegExp): Promise<number> =>
    page.getByRole('img', { name }).evaluate(async (image: HTMLImageElement) => {
      await image.decode();
      return image.naturalWidth;
    });
  await page.goto('/exercise/farmers_carry');
  expect(await width(/moving figure/)).toBeGreaterThan(0);
  expect(await width(/Way back$/)).toBeGreaterThan(0);
  await page.goto('/exercise/cat_cow');
  await expect(page.getByRole('heading', { level: 1, name: 'Cat-cow' })).toBeVisible();
  expect(await width(/moving figure/)).toBeGreaterThan(0);
  await page.goto('/library?muscle=glutes');
  expect(await nHits(page)).toBeGreaterThan(10);
});

test('German is searched in German', async ({ page }) => {
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"language":"de"}'));
  await page.goto('/library?q=liegestuetz');
  await expect(page.getByRole('link', { name: /^Liegestütz/ }).first()).toBeVisible();
  await page.getByRole('searchbox').fill('gesäß');
  await expect(page.getByTestId('hit-count')).toContainText('Übungen');
});
