// A workout set by set: by touch and by keyboard, over reloads and without a network, and nothing is lost.
import { expect, type BrowserContext } from '@playwright/test';
import { test } from './athlete';
import { checkAxe } from './axe';
import { settle } from './journeys';
import { begin, done, nOnServer, open, planToday, running } from './logging';

test.describe('by touch', () => {
  test.use({ hasTouch: true, isMobile: true, viewport: { width: 390, height: 844 } });

  test('two taps from the first screen to a logged set; a reload changes nothing; it ends with what is next', async ({
    page,
  }) => {
    await planToday(page);
    await page.goto('/');
    await page.getByTestId('log-start').tap();
    await open(page).first().getByTestId('set-done').tap();
    await expect(done(page)).toHaveCount(1);
    await expect(page.getByTestId('rest-timer').or(open(page).first()).first()).toBeVisible();
    await expect.poll(() => nOnServer(page)).toBe(1);

    // Numbers by the pad, which keeps the system's keyboard away.
    const row = open(page).first();
    const id = (await row.getAttribute('data-set')) ?? '';
    const mine = page.locator(`[data-set="${id}"]`);
    const reps = mine.getByTestId('set-reps').or(mine.getByTestId('set-seconds'));
    await reps.tap();
    await expect(reps).toHaveAttribute('inputmode', 'none');
    const pad = page.getByTestId('set-pad');
    await pad.getByRole('button', { name: '1', exact: true }).tap();
    await pad.getByRole('button', { name: '2', exact: true }).tap();
    await expect(reps).toHaveValue('12');
    await pad.getByTestId('effort-2').tap();
    await pad.getByRole('button', { name: 'Done' }).tap();
    await expect(mine).toHaveAttribute('data-done', 'true');

    await page.reload();
    await expect(done(page)).toHaveCount(2);
    await expect(mine.getByTestId('set-reps').or(mine.getByTestId('set-seconds'))).toHaveValue(
      '12',
    );
    await page.goto('/');
    await page.getByTestId('log-continue').tap();
    await expect(done(page)).toHaveCount(2);

    // Off again, and back by the toast.
    await mine.getByTestId('set-done').tap();
    await expect(done(page)).toHaveCount(1);
    await page.getByRole('button', { name: 'Undo' }).tap();
    await expect(done(page)).toHaveCount(2);
    await expect.poll(() => nOnServer(page)).toBe(2);

    await page.getByTestId('log-finish').tap();
    await page.getByRole('radio', { name: /^5, hard/ }).check({ force: true });
    await page.getByTestId('log-finish-yes').tap();
    await expect(page.getByTestId('log-summary')).toBeVisible();
    await expect.poll(() => running(page)).toBeNull();
    await page.getByTestId('log-put-away').tap();
    await expect(page.getByRole('heading', { level: 1, name: 'Ready to train?' })).toBeVisible();
  });

  test('from tap to ✓ takes less than a tenth of a second', async ({ page }) => {
    await begin(page);
    await page.evaluate(() => {
      const times: number[] = [];
      Object.assign(window, { times });
      let down = 0;
      document.addEventListener('pointerdown', () => (down = performance.now()), true);
      new MutationObserver((changes) => {
        if (!changes.some(({ target }) => (target as Element).matches('.check'))) return;
        requestAnimationFrame(() => setTimeout(() => times.push(performance.now() - down)));
      }).observe(document.body, {
        subtree: true,
        attributes: true,
        attributeFilter: ['aria-pressed'],
      });
    });
    for (let n = 0; n < 8; n++) {
      await open(page).first().getByTestId('set-done').tap();
      await expect(done(page)).toHaveCount(n + 1);
    }
    const times = await page.evaluate(() => (window as unknown as { times: number[] }).times);
    times.sort((a, b) => a - b);
    console.log(`tap to paint: ${times.map((ms) => ms.toFixed(0)).join(' ')} ms`);
    expect(times.length).toBeGreaterThanOrEqual(8);
    expect(times[Math.floor(times.length / 2)]).toBeLessThan(100);
  });
});

test('by keyboard alone, with undo', async ({ page }) => {
  await begin(page);
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.locator('dialog')).toHaveCount(0);

  await page.keyboard.press('n');
  await page.keyboard.press('Enter');
  await expect(done(page)).toHaveCount(1);
  await page.keyboard.press('u');
  await expect(done(page)).toHaveCount(0);
  await page.keyboard.press('n');
  await page.keyboard.press(' ');
  await expect(done(page)).toHaveCount(1);

  // In a field: arrows step, Enter logs and goes on to the next.
  const field = open(page).getByTestId('set-reps').first();
  const row = page.locator(
    `[data-set="${
      (await open(page)
        .filter({ has: page.getByTestId('set-reps') })
        .first()
        .getAttribute('data-set')) ?? ''
    }"]`,
  );
  await field.focus();
  await page.keyboard.type('7');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(row).toHaveAttribute('data-done', 'true');
  await expect(row.getByTestId('set-reps')).toHaveValue('8');
  await expect(page.getByTestId('set-done').and(page.locator(':focus'))).toHaveAttribute(
    'aria-pressed',
    'false',
  );
  await expect.poll(async () => (await running(page))?.sets.map(({ reps }) => reps)).toContain(8);

  await page.keyboard.press('f');
  await expect(page.getByRole('dialog', { name: 'Finish the workout' })).toBeVisible();
  await page.getByTestId('log-finish-yes').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByTestId('log-summary')).toBeVisible();
});

/** A network that loses requests, loses answers, and keeps others waiting; and what was sent over it, by set. */
async function badNetwork(context: BrowserContext): Promise<{ sent: string[]; lost: number }> {
  const seen = { sent: [] as string[], lost: 0 };
  let n = 0;
  await context.route(/\/sessions\/[^/]+\/sets$/, async (route) => {
    const request = route.request();
    if (request.method() !== 'POST') return route.continue();
    seen.sent.push((request.postDataJSON() as { id: string }).id);
    n += 1;
    if (n % 6 === 1) {
      seen.lost += 1;
      return route.abort('connectionreset');
    }
    if (n % 6 === 3) {
      // It arrives, and nobody hears of it: the same set comes again.
      seen.lost += 1;
      await route.fetch();
      return route.abort('connectionreset');
    }
    if (n % 6 === 5) await new Promise((resolve) => setTimeout(resolve, 400));
    return route.continue();
  });
  return seen;
}

test('40 sets in three tabs without a network arrive once, in order, over a bad one', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  await begin(page);
  await expect.poll(() => nOnServer(page)).toBe(0);
  // Room for 40.
  const add = page.getByTestId('add-set').first();
  while ((await open(page).count()) < 40) await add.click();
  const others = [await context.newPage(), await context.newPage()];
  // A clock that is two hours ahead: another device's, or one that was just set.
  await others[1]?.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 2 * 3_600_000;
  });
  for (const other of others) await other.goto('/log');
  const tabs = [page, ...others];
  for (const tab of tabs) await expect(open(tab).nth(39)).toBeAttached();

  await context.setOffline(true);
  const logged: string[] = [];
  for (let n = 0; n < 40; n++) {
    const tab = tabs[n % 3] ?? page;
    await expect(done(tab)).toHaveCount(n);
    const row = open(tab).first();
    logged.push((await row.getAttribute('data-set')) ?? '');
    await row.getByTestId('set-done').click();
  }
  await expect(done(page)).toHaveCount(40);
  await expect(page.getByTestId('outbox-status')).toHaveAttribute('data-waiting', '40');
  await others[0]?.close();

  const network = await badNetwork(context);
  await context.setOffline(false);
  await expect.poll(() => nOnServer(page), { timeout: 120_000 }).toBe(40);
  await expect(page.getByTestId('outbox-status')).toBeHidden();
  const sets = (await running(page))?.sets ?? [];
  expect(sets.map(({ id }) => id).sort()).toEqual([...logged].sort());
  expect(network.lost).toBeGreaterThan(10);
  expect(network.sent.length).toBe(40 + network.lost);
  // What was lost comes again before anything after it.
  expect(network.sent.filter((id, at) => id !== network.sent[at - 1])).toEqual(logged);
});

test('a refused set stays in sight, over a reload, until it is put right', async ({ page }) => {
  await begin(page);
  const row = open(page)
    .filter({ has: page.getByTestId('set-reps') })
    .first();
  const id = (await row.getAttribute('data-set')) ?? '';
  const mine = page.locator(`[data-set="${id}"]`);
  await mine.getByTestId('set-reps').fill('5000');
  await mine.getByTestId('set-done').click();
  const status = page.getByTestId('outbox-status');
  await expect(status).toHaveAttribute('data-failed', '1');
  await expect(mine.getByRole('link', { name: 'refused' })).toBeVisible();
  // Others go on.
  await open(page).first().getByTestId('set-done').click();
  await expect.poll(() => nOnServer(page)).toBe(1);

  await page.reload();
  await expect(status).toHaveAttribute('data-failed', '1');
  await status.click();
  const failed = page.getByTestId('outbox-failed');
  await expect(failed).toContainText('Refused');
  await checkAxe(page);
  await failed.getByTestId('outbox-retry').click();
  await expect(failed).toContainText('2 tries');
  await failed.getByTestId('outbox-edit').click();
  await page.getByRole('spinbutton', { name: 'Reps', exact: true }).fill('9');
  await page.getByTestId('outbox-save').click();
  await expect(page.getByRole('heading', { name: 'Everything is sent' })).toBeVisible();
  await expect(status).toBeHidden();
  expect((await running(page))?.sets.find((set) => set.id === id)?.reps).toBe(9);
});

test('a server that does not know us any more gets everything after the next sign-in', async ({
  page,
  context,
}) => {
  await begin(page);
  await context.route('**/api/v1/**', (route) =>
    route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: '{"detail":"no"}',
    }),
  );
  await open(page).first().getByTestId('set-done').click();
  await expect(page.getByTestId('outbox-status')).toContainText('Sign in to send');
  await page.reload();
  await expect(done(page)).toHaveCount(1);
  await expect(page.getByTestId('outbox-status')).toContainText('Sign in to send');
  await context.unroute('**/api/v1/**');
  await page.reload();
  await expect.poll(() => nOnServer(page)).toBe(1);
});

test('exercises are added, grouped, moved, swapped and removed, and all of it can be undone', async ({
  page,
}) => {
  await begin(page);
  const cards = page.locator('[data-testid^="log-card-"]');
  const order = (): Promise<string[]> =>
    cards.evaluateAll((all) => all.map((card) => card.getAttribute('data-testid') ?? ''));
  const before = await order();
  const undo = (): Promise<void> => page.getByRole('button', { name: 'Undo' }).last().click();
  const menu = async (what: string): Promise<void> => {
    await cards.first().getByTestId('card-menu').click();
    await page.getByTestId(what).click();
  };
  await menu('card-down');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect.poll(order).toEqual([before[1], before[0], ...before.slice(2)]);
  await undo();
  await expect.poll(order).toEqual(before);

  await menu('card-superset');
  await expect(page.getByRole('heading', { name: 'Superset 1' })).toBeVisible();
  await undo();
  await expect(page.getByRole('heading', { name: 'Superset 1' })).toBeHidden();

  await menu('card-remove');
  await expect.poll(order).toEqual(before.slice(1));
  await undo();
  await expect.poll(order).toEqual(before);

  await page.getByTestId('log-add').click();
  await page.getByTestId('search').fill('goblet squat');
  await page.getByTestId('choose-goblet_squat').click();
  await expect.poll(order).toEqual([...before, 'log-card-goblet_squat']);

  // Pain leads kindly to another exercise.
  const last = cards.last();
  await last.getByTestId('card-menu').click();
  await page.getByTestId('card-pain').click();
  await page.getByTestId('pain-where').selectOption('knee_pain');
  await checkAxe(page);
  await page.getByTestId('pain-swap').click();
  await page
    .getByRole('dialog')
    .getByTestId(/^choose-/)
    .first()
    .click();
  await expect.poll(order).not.toContain('log-card-goblet_squat');
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(colorScheme, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } });

    test('axe finds nothing before, during and after a workout', async ({ page }) => {
      test.setTimeout(120_000);
      await planToday(page);
      await page.goto('/log');
      await expect(page.getByTestId('log-start')).toBeVisible();
      await checkAxe(page);
      await page.getByTestId('log-start').click();
      await open(page).first().getByTestId('set-done').click();
      await page.getByTestId('set-row').nth(1).getByRole('button').first().click();
      await expect(page.getByTestId('set-details')).toBeVisible();
      await page.getByTestId('set-load').first().focus();
      await checkAxe(page);
      await page.getByTestId('plates').click();
      await checkAxe(page);
      await page.keyboard.press('Escape');
      await page.getByTestId('card-menu').first().click();
      await checkAxe(page);
      await page.keyboard.press('Escape');
      await page.getByTestId('log-finish').click();
      await checkAxe(page);
      await page.getByTestId('log-finish-yes').click();
      await expect(page.getByTestId('log-summary')).toBeVisible();
      await checkAxe(page);
      await page.goto('/outbox');
      await settle(page);
      await checkAxe(page);
    });
  });

test('at 200 % text nothing is cut off sideways', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.addInitScript(() => localStorage.setItem('spotter.settings', '{"textScale":2}'));
  await begin(page);
  await open(page).first().getByTestId('set-done').click();
  const check = async (what: string): Promise<void> => {
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(over, what).toBeLessThanOrEqual(0);
  };
  await check('running');
  await page.getByTestId('log-finish').click();
  await page.getByTestId('log-finish-yes').click();
  await expect(page.getByTestId('log-summary')).toBeVisible();
  await check('summary');
  await page.goto('/outbox');
  await settle(page);
  await check('outbox');
});
