import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { nameOf } from '../../../relay/counting.ts';
import { databaseName, memoryDatabase, openDatabase } from '../../../relay/sqlite/database.ts';

let directory: string;
beforeEach(() => void (directory = mkdtempSync(join(tmpdir(), 'parley-counting-'))));
afterEach(() => rmSync(directory, { recursive: true }));

it('Relays that count in one file have one name, and a copy of it has another', () => {
  const file = openDatabase(directory);
  expect(nameOf(openDatabase(directory))).toBe(nameOf(file));
  const copied = join(directory, 'copy');
  cpSync(join(directory, databaseName), join(copied, databaseName));
  expect(nameOf(openDatabase(copied))).not.toBe(nameOf(file));
  expect(nameOf(memoryDatabase())).not.toBe(nameOf(memoryDatabase()));
});
