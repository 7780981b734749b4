/** Earlier relays kept their device tokens in `devices.json`: they go on to work, as those of the owner. Node only. */
import { parseJson } from '../parse-json.ts';
import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { ownerName } from '../devices.ts';
import { randomHex } from '../team/secrets.ts';
import { transaction } from './sql.ts';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const deviceRecord = z.strictObject({
  version: z.literal(1),
  salt: hash,
  devices: z.array(
    z.strictObject({
      id: z.string().regex(/^[0-9a-f]{8}$/),
      name: z.string().max(100),
      tokenSha256: hash,
      createdAt: z.iso.datetime(),
    }),
  ),
});

/** Takes the file in once and sets it aside. Returns how many devices it brought. Throws a sentence for a file that cannot be understood. */
export function importDevices(directory: string, database: DatabaseSync): number {
  const file = join(directory, 'devices.json');
  const text = readOrNull(file);
  if (text === null) return 0;
  const parsed = deviceRecord.safeParse(parseJson(text));
  if (!parsed.success) {
    throw new Error(
      `${file} is damaged: put a copy back, or delete it to start over with a new device token (old ones stop working)`,
    );
  }
  const { salt, devices } = parsed.data;
  transaction(database, () => {
    // Its salt too: at the provider everybody stays who they are.
    database.prepare('INSERT INTO relay (salt) SELECT ? WHERE NOT EXISTS (SELECT 1 FROM relay)').run(salt);
    if (devices.length === 0) return;
    const now = new Date().toISOString();
    database.prepare('INSERT OR IGNORE INTO people VALUES (?, ?, ?, NULL)').run(randomHex(4), ownerName, now);
    const insert = database.prepare(
      'INSERT OR IGNORE INTO devices SELECT ?, id, ?, ?, ?, NULL, NULL FROM people WHERE name = ?',
    );
    for (const { id, name, tokenSha256, createdAt } of devices) insert.run(id, name, tokenSha256, createdAt, ownerName);
  });
  // Not deleted: it is a copy for whoever goes back to the earlier relay.
  if (existsSync(file)) renameSync(file, `${file}.imported`);
  return devices.length;
}

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Another relay, started with this one, may have taken it in meanwhile.
    if (code === 'ENOENT') return null;
    throw new Error(`${file} cannot be read (${code}): check who owns it`, { cause: error });
  }
}
