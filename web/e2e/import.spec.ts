// Training comes in from other programs' files, with a look and questions first; and goes out again.
import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { next, test } from './athlete';
import { begin, file, pick, text } from './training-files';

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 2, name });
const nSessions = (page: Page): Promise<number> =>
  page.evaluate(
    async () =>
      ((await (await fetch('/api/v1/sessions')).json()) as { sessions: unknown[] }).sessions.length,
  );
test('a Strong file in pounds is asked about, looked at, kept, and known the second time', async ({
  page,
}) => {
  await begin(page, file('strong_old.csv'));
  await expect(heading(page, 'Kilograms or pounds?')).toBeFocused();
  await expect(page.getByTestId('next')).toBeDisabled();
  await page.getByRole('radio', { name: 'Pounds (lb)' }).check();
  await next(page);
  // `Cycling` is nothing that the library has.
  await expect(heading(page, 'Which exercise is which?')).toBeFocused();
  await page
    .getByTestId('import-exercise')
    .filter({ hasText: 'Cycling' })
    .getByRole('combobox')
    .selectOption('custom');
  await next(page);

  const found = page.getByTestId('import-found');
  await expect(heading(page, '1 new session')).toBeFocused();
  await found.getByText('1 from the library · 1 of your own').click();
  await expect(found.getByTestId('exercise-map')).toContainText('Barbell back squat');
  expect(await nSessions(page)).toBe(0);
  await page.getByTestId('keep').click();
  await expect(heading(page, '1 session is kept')).toBeFocused();
  expect(await nSessions(page)).toBe(1);

  // The same file: what is one's own is not asked again, and nothing is doubled.
  await page.getByRole('button', { name: 'Another file' }).click();
  await expect(page.getByRole('button', { name: 'Choose a file' })).toBeFocused();
  await pick(page, file('strong_old.csv'));
  await page.getByRole('radio', { name: 'Pounds (lb)' }).check();
  await next(page);
  await expect(heading(page, 'Nothing new')).toBeFocused();
  await expect(page.getByTestId('keep')).toHaveCount(0);
  await page.getByRole('link', { name: 'See your sessions' }).click();
  await page.getByTestId('session').click();
  // 135 lb.
  await expect(page.getByTestId('session-detail')).toContainText('61.24 kg × 5');
});

// What each program's file comes to, once everything that it asks is answered in the simplest way.
const PROGRAMS = [
  { name: 'hevy.csv', program: 'Hevy', found: '1 new session', sets: '7' },
  { name: 'hevy_lbs.csv', program: 'Hevy', found: '2 new sessions', sets: '4' },
  { name: 'fitnotes.csv', program: 'FitNotes', found: '2 new sessions', sets: '5' },
  { name: 'stronglifts.csv', program: 'StrongLifts', found: '2 new sessions', sets: '8' },
  { name: 'strong.csv', program: 'Strong', found: '2 new sessions', sets: '9' },
  { name: 'table_de.csv', program: 'a table', found: '1 new session', sets: '5' },
  { name: 'spotter.csv', program: 'Spotter CSV', found: '1 new session', sets: '2' },
  { name: 'spotter.json', program: 'Spotter JSON', found: '1 new session', sets: '2' },
];
test('every program’s file is recognized', async ({ page }) => {
  await page.goto('/settings/import');
  for (const { name, program, found, sets } of PROGRAMS) {
    await pick(page, file(name));
    const mine = page.getByTestId('all-mine');
    const done = page.getByTestId('import-found');
    await expect(mine.or(done).first(), name).toBeVisible();
    if (await mine.isVisible()) {
      await mine.click();
      await next(page);
    }
    await expect(heading(page, found), name).toBeVisible();
    await expect(page.getByText(`${name} · ${program}`)).toBeVisible();
    await expect(done.locator('dl').first(), name).toContainText(`Sets ${sets}`);
    await page.getByTestId('other-file').click();
  }
});

test('columns that nobody knows are told by hand, and every answer can be changed', async ({
  page,
}) => {
  const rows = 'when,what,how heavy,how often\n03/04/2025,Deadlift,100,5\n';
  await begin(page, text('mine.csv', rows));
  await expect(page.getByTestId('ask-columns')).toContainText(
    'Still missing: Day or beginning, Exercise',
  );
  for (const [header, meaning] of [
    ['when', 'Day or beginning'],
    ['what', 'Exercise'],
    ['how heavy', 'Load'],
    ['how often', 'Repetitions'],
  ] as const)
    await page.getByLabel(header, { exact: true }).selectOption(meaning);
  await next(page);
  await page.getByRole('radio', { name: 'Kilograms (kg)' }).check();
  await next(page);
  await page.getByRole('radio', { name: /^Day first/ }).check();
  await next(page);
  await expect(page.getByTestId('import-found')).toContainText('Apr 3, 2025');

  await page.getByTestId('again-date_order').click();
  await page.getByRole('radio', { name: /^Month first/ }).check();
  await next(page);
  await expect(page.getByTestId('import-found')).toContainText('Mar 4, 2025');
});

test('what is left out is told with its line, and a name goes to one of the library', async ({
  page,
}) => {
  const rows = ['Date,Exercise,Weight (kg),Reps', '2025-01-08,Mystery Lift,60,8'];
  const broken = ['2025-01-08,Mystery Lift,x,8', '2025-01-08,Mystery Lift,x,8', ',Squat,60,8'];
  await begin(page, text('log.csv', [...rows, ...broken].join('\n')));
  await page
    .getByTestId('import-exercise')
    .filter({ hasText: 'Mystery Lift' })
    .getByTestId('search-library')
    .click();
  await page.getByTestId('search').fill('Hip thrust');
  await page
    .getByTestId(/^choose-.*hip_thrust$/)
    .first()
    .click();
  await next(page);
  const warnings = page.getByTestId('warnings');
  await warnings.getByText('3 rows are left out.').click();
  await expect(warnings.getByRole('listitem').first()).toHaveText(/^x\s+lines 3–4$/);
  await page.getByText('1 from the library').click();
  await expect(page.getByTestId('exercise-map')).toContainText(/Mystery Lift.*hip thrust/i);
});

// What is no training log, and what is said of it.
const BROKEN = [
  { name: 'empty.csv', bytes: '', says: 'file is empty' },
  { name: 'noise.csv', bytes: Buffer.from([0, 255, 1, 254, 0, 7, 9]), says: 'no training log' },
  { name: 'log.zip', bytes: 'PK\u0003\u0004....................', says: 'is a ZIP' },
  { name: 'decade.csv', bytes: Buffer.alloc(20 * 1024 * 1024 + 1, 65), says: 'larger than 20 MB' },
];
test('what is no training log says so, and how to get one', async ({ page }) => {
  await page.goto('/settings/import');
  for (const { name, bytes, says } of BROKEN) {
    await pick(page, text(name, bytes));
    await expect(page.getByTestId('import-trouble'), name).toContainText(says);
    await expect(page.getByTestId('import-trouble')).toBeFocused();
    await expect(page.getByTestId('import-trouble')).not.toContainText('.md');
    await page.getByTestId('other-file').click();
  }
  await pick(
    page,
    text('old.csv', Buffer.from('Datum;Übung;Wdh.\n2025-01-08;Klimmzüge;5', 'latin1')),
  );
  await expect(page.getByTestId('warnings')).toContainText('1 remark');
});

test('the record leaves as files that come back, a session as FIT', async ({ page }) => {
  await begin(page, file('hevy.csv'));
  await page.getByTestId('keep').click();
  await expect(page.getByTestId('import-kept')).toBeVisible();
  for (const format of ['spotter_csv', 'spotter_json', 'strong', 'hevy']) {
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByTestId(`out-${format}`).click(),
    ]);
    expect(readFileSync(await download.path(), 'utf8'), format).toMatch(/bench.press/i);
  }
  // All of it out again, and in once more.
  await page.getByTestId('take-back').click();
  await expect(page.getByText('is out of your record again')).toBeVisible();
  await page.getByTestId('keep').click();
  await expect(page.getByTestId('import-kept')).toBeVisible();
  await page.getByTestId('see-sessions').click();
  await page.getByTestId('session').click();
  await page.getByTestId('session-file').click();
  const [fit] = await Promise.all([
    page.waitForEvent('download'),
    page.getByTestId('session-fit').click(),
  ]);
  expect(fit.suggestedFilename()).toMatch(/^2025-03-28-.*\.fit$/);
  await begin(page, text('watch.fit', readFileSync(await fit.path())));
  await expect(page.getByText('watch.fit · FIT')).toBeVisible();
  await expect(page.getByTestId('import-found').locator('dl').first()).toContainText('Sets 7');
});
