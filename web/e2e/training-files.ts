// Training logs as other programs write them, and how one of them is chosen.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';

/** Files of each program, as the readers' own tests have them. */
const FILES = join(
  dirname(dirname(dirname(fileURLToPath(import.meta.url)))),
  'crates/interop/tests/files',
);
interface Picked {
  name: string;
  mimeType: string;
  buffer: Buffer;
}
export const file = (name: string): Picked => text(name, readFileSync(join(FILES, name)));
export const text = (name: string, bytes: string | Buffer): Picked => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(bytes),
});

export async function pick(page: Page, picked: Picked): Promise<void> {
  await page.getByTestId('import-file').setInputFiles(picked);
}
export async function begin(page: Page, picked: Picked): Promise<void> {
  await page.goto('/settings/import');
  await pick(page, picked);
}
