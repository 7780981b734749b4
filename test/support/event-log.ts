/** Around a run: keeps every event that the engine's processes send, and has them all judged at the end. */
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { complaintAbout } from './event-judge.ts';

const VARIABLE = 'PARLEY_ENGINE_EVENT_LOG';

/** Vitest's global setup. Each project calls it: the first one keeps the log. A log named from outside is left alone. */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env[VARIABLE]) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'parley-events-'));
  const file = join(folder, 'events.jsonl');
  process.env[VARIABLE] = file;
  return async () => {
    const complaints = await judgeLog(file);
    await rm(folder, { recursive: true, force: true });
    if (complaints.length > 0)
      throw new Error(`The engine sent what is no event of the API:\n${complaints.join('\n')}`);
  };
}

/** The first complaint about each type of event. */
async function judgeLog(file: string): Promise<string[]> {
  const complaints = new Map<string, string>();
  if (!existsSync(file)) return [];
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const complaint = complaintAbout(line);
    if (complaint && !complaints.has(complaint.type)) complaints.set(complaint.type, complaint.message);
  }
  return [...complaints.values()];
}
