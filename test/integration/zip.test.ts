/** `npm run zip`, from copies of the sources that differ in all that must not matter. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, symlink, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = ['assets', 'entrypoints', 'lib', 'package.json', 'tsconfig.json', 'wxt.config.ts'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-zip-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function zipOf(name: string, environment: Record<string, string>, changedAt?: Date): Promise<Buffer> {
  const copy = join(folder, name);
  for (const source of sources) await cp(join(root, source), join(copy, source), { recursive: true });
  await symlink(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  if (changedAt) {
    const files = await readdir(copy, { recursive: true, withFileTypes: true });
    const own = files.filter((file) => file.isFile() && !file.parentPath.includes('node_modules'));
    for (const file of own) await utimes(join(file.parentPath, file.name), changedAt, changedAt);
  }
  await run(copy, environment);
  const zip = (await readdir(join(copy, '.output'))).find((file) => file.endsWith('.zip'));
  return readFile(join(copy, '.output', zip!));
}

/** What `npm run zip` runs. */
async function run(cwd: string, environment: Record<string, string>): Promise<void> {
  const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH']].join(delimiter);
  const child = spawn(scripts.zip, { cwd, shell: true, env: { ...process.env, PATH: path, ...environment } });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => (said += data.toString()));
  const code = await new Promise((resolve) => {
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(said);
}

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** Of each file in the archive's directory: its name, and the day and time that are written beside it. */
function entries(zip: Buffer): { name: string; time: number }[] {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  const found = [];
  for (let at = zip.readUInt32LE(end + 16); at < end;) {
    const length = zip.readUInt16LE(at + 28);
    found.push({ name: zip.toString('utf8', at + 46, at + 46 + length), time: zip.readUInt32LE(at + 12) });
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return found;
}

describe('The zip for the stores', () => {
  it('is the same, byte for byte, wherever and whenever it is built', async () => {
    const one = await zipOf('one', { TZ: 'UTC', LANG: 'C' });
    const other = await zipOf(
      join('deeper', 'another plate'),
      { TZ: 'Pacific/Auckland', LANG: 'pt_BR.UTF-8', USER: 'somebody', CI: '1' },
      new Date(2001, 1, 3),
    );
    expect(entries(other)).toEqual(entries(one));
    expect(digest(other)).toBe(digest(one));
    expect(entries(one).filter(({ time }) => time !== 0)).toEqual([]);
    const names = entries(one).map(({ name }) => name);
    expect(names).toContain('manifest.json');
    // Nothing but what a browser uses: no maps, no sources, no secrets.
    expect(names.filter((name) => !/\.(js|css|html|json|png|svg)$/.test(name))).toEqual([]);
  });
});
