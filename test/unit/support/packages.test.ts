import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packagesAreCurrent } from '../../support/packages.mjs';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'parley-packages-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const locked = {
  '': { name: 'parley' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/only-on-macs': { version: '2.0.0', optional: true },
};

async function machine(present: Record<string, unknown> | null): Promise<boolean> {
  await writeFile(join(root, 'package-lock.json'), JSON.stringify({ packages: locked }));
  if (present) {
    await mkdir(join(root, 'node_modules'));
    await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify({ packages: present }));
  }
  return packagesAreCurrent(root);
}

describe('are the packages those of the lock file', () => {
  it('no, on a fresh clone', async () => {
    expect(await machine(null)).toBe(false);
  });

  it('yes, with every package in its version; what this platform cannot have may be missing', async () => {
    expect(await machine({ 'node_modules/a': { version: '1.0.0' } })).toBe(true);
  });

  it('no, when one is missing or of another version', async () => {
    expect(await machine({})).toBe(false);
  });

  it('no, when an optional one is there in another version', async () => {
    const present = { 'node_modules/a': { version: '1.0.0' }, 'node_modules/only-on-macs': { version: '1.9.0' } };
    expect(await machine(present)).toBe(false);
  });
});
