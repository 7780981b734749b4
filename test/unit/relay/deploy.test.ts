import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../../relay/devices.ts';
import { checkHost } from '../../../relay/routes/gate.ts';
import { createLog } from '../../../relay/log/log.ts';
import { startRelay } from '../../../relay/server.ts';
import { closers } from './provider.ts';

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

it('The proxy asks relays by names that they answer to, and goes on asking them while the store is down', async () => {
  const text = await read('compose.yaml');
  const [, asked = ''] = /reverse_proxy (.+) \{/.exec(text)!;
  const hosts = /RELAY_HOSTS: (\S+)/.exec(text)![1]!.replace('${RELAY_HOST}', 'relay.example').split(',');
  for (const host of asked.split(' ')) {
    expect(() => checkHost({ loopbackOnly: false, hosts }, host)).not.toThrow();
  }
  for (const name of ['compose.yaml', 'Containerfile']) expect(await read(name)).not.toContain('/readyz');
});

it('The dashboard asks for figures that a relay gives', async () => {
  const relay = await startRelay({
    config: loadConfig({ PORT: '0' }),
    devices: createDevices(memoryStore()),
    log: createLog({ write: () => undefined }),
    upstream: { baseUrl: 'http://127.0.0.1:9/v1', key: 'sk-test', provider: 'openai' },
  });
  closers.push(() => void relay.close());
  const given = await (await fetch(`${relay.url}/metrics`)).text();
  const known = new Set([...given.matchAll(/^# HELP (\S+)/gm)].map(([, name]) => name));
  const asked = new Set((await read('grafana.json')).match(/parley_[a-z_]+/g));
  expect(asked.size).toBeGreaterThan(5);
  for (const name of asked) expect(known).toContain(name.replace(/(?<=_seconds)_(?:bucket|count)$/, ''));
});
