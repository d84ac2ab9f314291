// Sets are kept, listed newest first, and really gone when deleted.
import 'fake-indexeddb/auto';
import { beforeEach, expect, test } from 'vitest';
import type { SetRecord } from './record';
import { History } from './store';

const history = new History();
const record = (id: string, ended_at: number): SetRecord =>
  ({ version: 1, id, ended_at, source: 'demo', figures: null, analysis: {} }) as SetRecord;

beforeEach(() => history.clear());

async function check(expected: string[]): Promise<void> {
  expect((await history.all()).map((one) => one.id)).toEqual(expected);
}

test('newest first, whatever the order of writing', async () => {
  await history.add(record('old', 1));
  await history.add(record('new', 3));
  await history.add(record('middle', 2));
  await check(['new', 'middle', 'old']);
});

test('a set written twice is one set', async () => {
  await history.add(record('a', 1));
  await history.add(record('a', 1));
  await check(['a']);
});

test('deleting one leaves the others, and undo is writing it again', async () => {
  await history.add(record('a', 1));
  await history.add(record('b', 2));
  await history.remove('a');
  await check(['b']);
  await history.add(record('a', 1));
  await check(['b', 'a']);
});

test('the export holds every set', async () => {
  await history.add(record('a', 1));
  const file = JSON.parse(await history.exported()) as { sets: SetRecord[] };
  expect(file.sets.map((one) => one.id)).toEqual(['a']);
});
