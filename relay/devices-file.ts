/** The device record as a file that only its owner can read. Node only. */
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { deviceRecord, type DeviceStore } from './devices.ts';

/** `directory` is made when it is missing. A file that cannot be understood is an error, never an empty list. */
export function fileStore(directory: string): DeviceStore {
  const file = join(directory, 'devices.json');
  return {
    async read() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw new Error(`${file} cannot be read (${error.code}): check who owns it`);
      });
      if (text === null) return null;
      const parsed = deviceRecord.safeParse(parseJson(text));
      if (!parsed.success) {
        throw new Error(
          `${file} is damaged: put a copy back, or delete it to start over with a new device token (old ones stop working)`,
        );
      }
      return parsed.data;
    },
    async write(record) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      // Written beside and renamed over: a crash leaves the old file or the new one, never half of one.
      const draft = `${file}.${randomUUID()}`;
      try {
        const handle = await open(draft, 'wx', 0o600);
        try {
          await handle.writeFile(`${JSON.stringify(record, null, 2)}\n`);
          await handle.sync();
        } finally {
          await handle.close();
        }
        // The umask may have taken more away, never less; a directory of another tool may be wider than ours.
        await chmod(draft, 0o600);
        await rename(draft, file);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
