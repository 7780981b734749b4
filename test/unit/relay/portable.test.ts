import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const relayFolder = new URL('../../../relay/', import.meta.url);

/** Every module that this one brings along when it runs; `import type` brings none. */
async function modulesBehind(file: URL, seen = new Set<string>()): Promise<Set<string>> {
  for (const [, name] of (await readFile(file, 'utf8')).matchAll(/^import (?!type\b)[^;]*?'([^']+)';/gm)) {
    const isFile = name!.startsWith('.');
    const key = isFile ? new URL(name!, file).href : name!;
    if (seen.has(key)) continue;
    seen.add(key);
    if (isFile) await modulesBehind(new URL(key), seen);
  }
  return seen;
}

it('the relay as an edge runtime has it runs without Node', async () => {
  for (const entry of ['edge/worker.ts', 'settings/config.ts', 'limits.ts']) {
    const modules = await modulesBehind(new URL(entry, relayFolder));
    expect(modules.size).toBeGreaterThan(0);
    expect([...modules].filter((name) => name.startsWith('node:') || name.startsWith('@hono/node'))).toEqual([]);
  }
});

it('nobody loads the library of the sign-in but where people sign in', async () => {
  const modules = await modulesBehind(new URL('main.ts', relayFolder));
  expect(modules).toContain('hono');
  expect(modules).not.toContain('openid-client');
});
