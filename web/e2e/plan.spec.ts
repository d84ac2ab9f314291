// From the first visit to a plan, and everything one does with it.
import { expect, type Page } from '@playwright/test';
import { answerHealth, answerPlain, exercisesOn, makePlan, next, stateOf, test } from './athlete';

test('a new visitor answers, gets a plan, looks at an exercise, and has it all without a network', async ({
  page,
  context,
}) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto('/');
  await page.getByTestId('make-plan').click();
  await makePlan(page);
  expect(await page.evaluate(() => localStorage.getItem('spotter.welcome'))).toBeNull();
  expect((await stateOf(page)).profile?.limits).toEqual(['wrist_pain']);
  const before = await exercisesOn(page, 'Mon');
  expect(before.length).toBeGreaterThanOrEqual(3);
  const first = page.locator('#day-Mon h4 a').first();
  const name = (await first.textContent()) ?? '';
  await first.click();
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });

  await context.setOffline(true);
  await page.goto('/plan');
  await expect(page.getByTestId('age')).toContainText('This is from');
  expect(await exercisesOn(page, 'Mon')).toEqual(before);
  const picture = page.locator('#day-Mon img').first();
  await expect
    .poll(() => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
  await expect(page.getByTestId('edit')).toBeDisabled();
  await page.goto('/');
  await expect(page.getByTestId('age')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'This week' })).toBeAttached();

  await context.setOffline(false);
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('age')).toBeHidden();
});

test('answers survive a reload, back always works, and nothing is skipped', async ({ page }) => {
  await answerPlain(page);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('May your server keep');
  await page.goBack();
  await expect(page.getByRole('radio', { name: 'A few things at home' })).toBeChecked();
  await page.getByRole('link', { name: 'Back' }).click();
  await expect(page.getByRole('radio', { name: '45 minutes' })).toBeChecked();
  await page.goto('/welcome?step=make');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('May your server keep');
});

test('without consent nothing about health is kept, here or there', async ({ page }) => {
  await answerPlain(page);
  await answerHealth(page, false);
  const kept = await page.evaluate(() => JSON.stringify(localStorage));
  expect(kept).not.toMatch(/limits|redFlags|body|checked/);
  await next(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Here is your plan' })).toBeVisible();
  const { profile } = await stateOf(page);
  expect(profile).toMatchObject({ limits: [], red_flags: [], consent: { health: false } });
});

test('a red flag ends kindly, with light exercises and a way back', async ({ page }) => {
  await answerPlain(page);
  await page.getByRole('radio', { name: 'Yes, keep it' }).check();
  await next(page);
  await next(page);
  await page.getByRole('checkbox', { name: /My chest hurts/ }).check();
  await next(page);
  await expect(page.getByRole('heading', { level: 1, name: 'See somebody first' })).toBeVisible();
  await expect(page.locator('main ul img').first()).toBeVisible();
  expect(await stateOf(page)).toMatchObject({ light_only: true, plan: null });
  await page.goto('/plan');
  await expect(page.getByRole('heading', { name: 'See somebody first' })).toBeVisible();
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1, name: 'See somebody first' })).toBeVisible();
  await page.goto('/welcome?step=make');
  await expect(page.getByRole('heading', { level: 1, name: 'Is one of these' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'None of these is true for me' }).check();
  await next(page);
  await next(page);
  await next(page);
  await expect(page.getByRole('heading', { level: 1, name: 'Here is your plan' })).toBeVisible();
  expect((await stateOf(page)).light_only).toBe(false);
});

test('a plan is changed, and every change can be undone', async ({ page }) => {
  await makePlan(page);
  const before = await exercisesOn(page, 'Mon');
  const work = await page
    .locator('#day-Mon')
    .getByTestId('group-work')
    .getByTestId(/^planned-/)
    .evaluateAll((rows) => rows.map((row) => (row.getAttribute('data-testid') ?? '').slice(8)));
  const [first = '', second = ''] = work;
  const monday = page.locator('#day-Mon');
  await page.getByTestId('edit').click();

  // Another exercise in its place; the toast takes it back.
  await monday.getByTestId(`swap-${first}`).click();
  const option = page
    .getByRole('dialog')
    .getByTestId(/^choose-/)
    .first();
  const other = ((await option.getAttribute('data-testid')) ?? '').slice('choose-'.length);
  await option.click();
  await expect.poll(() => exercisesOn(page, 'Mon')).toContain(other);
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => exercisesOn(page, 'Mon')).toEqual(before);

  // Later, by its button; the keyboard stays with it.
  await monday.getByTestId(`down-${first}`).click();
  await expect.poll(() => exercisesOn(page, 'Mon')).not.toEqual(before);
  const moved = await exercisesOn(page, 'Mon');
  expect(moved.indexOf(second)).toBe(moved.indexOf(first) - 1);

  // More sets.
  await monday.getByTestId(`numbers-${second}`).click();
  const row = monday.getByTestId(`planned-${second}`);
  const sets = Number(((await row.locator('.dose').textContent()) ?? '').trim().split(' ')[0]);
  await row.getByRole('button', { name: /^More: Sets/ }).click();
  await expect(row.locator('.dose')).toContainText(`${sets + 1} ×`);

  // Fewer exercises, one more, another day.
  await monday.getByTestId(`remove-${first}`).click();
  await expect.poll(() => exercisesOn(page, 'Mon')).not.toContain(first);
  await page.getByTestId('add-Mon').click();
  const found = page.getByRole('dialog').getByTestId(/^choose-/);
  await page.getByTestId('search').fill('glute bridge');
  await expect(found.first()).toHaveAttribute('data-testid', 'choose-glute_bridge');
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByTestId('move-Wed').selectOption('Sat');
  await expect(page.locator('#day-Sat')).toBeVisible();

  // It is the server's plan that changed.
  await page.reload();
  await expect(page.locator('#day-Sat')).toBeVisible();
  expect(await exercisesOn(page, 'Mon')).not.toContain(first);
  await page.getByTestId('edit').click();
  const undo = page.getByTestId('undo');
  for (let n = 0; n < 4; n++) {
    await expect(undo).toBeEnabled();
    await undo.click();
    await expect(page.locator('.bar')).toHaveAttribute('aria-busy', 'false');
  }
  await expect(undo).toBeDisabled();
  expect(await exercisesOn(page, 'Mon')).toEqual(before);
  await page.getByTestId('edit-done').click();
  await expect(page.getByTestId('edit')).toBeFocused();
});

test('why is told on a tap, and the plan is there as text and calendar', async ({ page }) => {
  await makePlan(page);
  const row = page
    .locator('#day-Mon')
    .getByTestId('group-work')
    .getByTestId(/^planned-/)
    .first();
  await row.getByText('Why').click();
  await expect(row.locator('.tree p')).toBeVisible();
  expect(await row.locator('.tree li').count()).toBeGreaterThan(1);
  for (const [name, part] of [
    ['Text', '# '],
    ['Calendar', 'BEGIN:VCALENDAR'],
  ] as const) {
    const path = await page.getByRole('link', { name }).getAttribute('href');
    const text = await page.evaluate(async (path) => (await fetch(path ?? '')).text(), path);
    expect(text).toContain(part);
  }
});

test('a week is one page of paper, without anything to click', async ({ page }) => {
  await makePlan(page);
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByTestId('edit')).toBeHidden();
  await expect(page.locator('.paper')).toBeVisible();
  expect(await page.locator('.paper .boxes i').count()).toBeGreaterThan(10);
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(paper.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  // A4, lying, in points.
  expect(paper).toMatch(/\/MediaBox \[0 0 84[12][\d.]* 59[45][\d.]*\]/);
});

test('a day off says when it goes on, a workout what to start with', async ({ page }) => {
  await makePlan(page);
  const monday = await page.evaluate(
    async () =>
      ((await (await fetch('/api/v1/state')).json()) as { plan: { starts_on: string } }).plan
        .starts_on,
  );
  const on = async (days: number): Promise<void> => {
    const day = new Date(`${monday}T09:00:00`);
    day.setDate(day.getDate() + days);
    await page.clock.setFixedTime(day);
    await page.goto('/');
  };
  await on(0);
  await expect(page.getByText('Today’s workout')).toBeVisible();
  await expect(page.getByTestId('start-training')).toHaveAttribute('href', /^\/(live|plan)/);
  await on(1);
  await expect(page.getByRole('heading', { level: 1, name: 'A day off' })).toBeVisible();
  await expect(page.getByText('Next workout')).toBeVisible();
  await on(5);
  await expect(page.getByText('Next workout')).toBeVisible();
  await on(70);
  await expect(page.getByRole('heading', { level: 1, name: 'You made it' })).toBeVisible();
});

test('by keyboard alone: from the first question to a changed plan', async ({ page }) => {
  await page.goto('/welcome');
  await press(page, 'radio', 'Build muscle', ' ');
  await press(page, 'button', 'Next');
  await press(page, 'radio', 'New to it', ' ');
  await press(page, 'button', 'Next');
  await press(page, 'button', 'Next');
  await press(page, 'radio', '20 minutes', ' ');
  await press(page, 'button', 'Next');
  await press(page, 'radio', 'Nothing special', ' ');
  await press(page, 'button', 'Next');
  await press(page, 'radio', 'Yes, keep it', ' ');
  await press(page, 'button', 'Next');
  await press(page, 'button', 'Next');
  await press(page, 'checkbox', 'None of these is true for me', ' ');
  await press(page, 'button', 'Next');
  await press(page, 'button', 'Next');
  await press(page, 'button', 'Make my plan');
  await expect(page.getByRole('heading', { level: 1, name: 'Here is your plan' })).toBeVisible();
  await press(page, 'button', 'Change');
  await press(page, 'button', /^Remove /);
  await expect(page.getByTestId('undo')).toBeEnabled();
  await press(page, 'button', 'Done');
});

/** Tabs to a control by its role and name and presses a key; among radio buttons the arrows lead on. */
async function press(
  page: Page,
  role: 'radio' | 'checkbox' | 'button',
  name: string | RegExp,
  key = 'Enter',
): Promise<void> {
  const goal = page.getByRole(role, { name }).first();
  await expect(goal).toBeEnabled();
  for (let n = 0; n < 120; n++) {
    const at = await goal.evaluate((element) => {
      const now = document.activeElement;
      const alike = now instanceof HTMLInputElement && element instanceof HTMLInputElement;
      if (now === element) return 'there';
      return alike && now.type === 'radio' && now.name === element.name ? 'beside' : 'elsewhere';
    });
    if (at === 'there') return page.keyboard.press(key);
    await page.keyboard.press(at === 'beside' ? 'ArrowDown' : 'Tab');
  }
  throw new Error(`\`${String(name)}\` cannot be reached with the keyboard`);
}
