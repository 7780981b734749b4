import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../relay/config.ts';
import { createMetrics } from '../../../relay/metrics/metrics.ts';

const read = (name: string) => readFile(new URL(`../../../relay/deploy/${name}`, import.meta.url), 'utf8');

/** Bare names that the relay imports without its local engine. */
async function packagesOf(): Promise<Set<string>> {
  const folder = new URL('../../../relay/', import.meta.url);
  const files = await readdir(folder, { recursive: true });
  const names = new Set<string>();
  for (const file of files.filter((each) => each.endsWith('.ts') && !each.startsWith('local'))) {
    const source = await readFile(new URL(file, folder), 'utf8');
    for (const [, name = ''] of source.matchAll(/^(?:import|export) .*?from '([^.n'][^']*)';/gm)) {
      names.add(
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    }
  }
  return names;
}

describe('The container', () => {
  it('has every package that the relay imports, and the settings of the file are good together', async () => {
    const text = await read('Containerfile');
    for (const name of await packagesOf()) expect([name, text.includes(` ${name} `)]).toEqual([name, true]);
    const settings = Object.fromEntries(
      [...text.matchAll(/\b(HOST|PORT|RELAY_DATA_DIR)=(\S+)/g)].map(([, name, value]) => [name!, value!]),
    );
    expect(() => loadConfig({ ...settings })).toThrow(/HOST: other machines could reach/);
    expect(loadConfig({ ...settings, TRUST_PROXY: '1' }).host).toBe('0.0.0.0');
  });
});

it('The limits that compose sets can be read', async () => {
  const text = await read('compose.yaml');
  const limits = [...text.matchAll(/(LIMIT_[A-Z]+): \$\{\1:-([^}]+)\}/g)].map(([, name, value]) => [name!, value!]);
  expect(limits).toHaveLength(2);
  const config = loadConfig({ ...Object.fromEntries(limits), OPENAI_API_KEY: 'sk-test-0001' });
  expect(config.direct).toBe(false);
  expect(config.limits.rules.all).toContainEqual({ measure: 'usd', per: 'month', most: 500 });
});

it('The dashboard asks for figures that a relay gives', async () => {
  const known = createMetrics().registry.text() + 'parley_active_calls parley_memory_bytes';
  const asked = (await read('grafana.json')).match(/parley_[a-z_]+/g)!;
  for (const name of new Set(asked)) expect(known).toContain(name.replace(/_(?:bucket|count)$/, ''));
});
