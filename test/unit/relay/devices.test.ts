import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileStore } from '../../../relay/devices-file.ts';
import { createDevices, memoryStore } from '../../../relay/devices.ts';

describe('a device', () => {
  it('is known by a token of 256 bits that is kept only as a hash', async () => {
    const store = memoryStore();
    const devices = createDevices(store);
    const { token, device } = await devices.add('laptop');
    expect(token).toMatch(/^parley_[A-Za-z0-9_-]{43}$/);
    expect(await devices.find(token)).toEqual(device);
    expect(JSON.stringify(await store.read())).not.toContain(token.slice(7));
  });

  it('is not found by another token, nor when there is none', async () => {
    const devices = createDevices(memoryStore());
    expect(await devices.find('parley_anything')).toBeNull();
    const { token } = await devices.add('laptop');
    expect(await devices.find(`${token}x`)).toBeNull();
    expect(await devices.find('')).toBeNull();
  });

  it('is found among others, and no longer once it is deleted', async () => {
    const store = memoryStore();
    const devices = createDevices(store);
    const first = await devices.add('one');
    const second = await devices.add('two');
    expect((await devices.find(first.token))?.name).toBe('one');
    const record = await store.read();
    await store.write({ ...record!, devices: record!.devices.filter(({ id }) => id !== first.device.id) });
    expect(await devices.find(first.token)).toBeNull();
    expect((await devices.find(second.token))?.name).toBe('two');
  });

  it('has a stable safety identifier that another relay would not give it', async () => {
    const devices = createDevices(memoryStore());
    const { device } = await devices.add('laptop');
    const identifier = await devices.safetyIdentifier(device);
    expect(identifier).toMatch(/^[0-9a-f]{64}$/);
    expect(await devices.safetyIdentifier(device)).toBe(identifier);
    const elsewhere = createDevices(memoryStore());
    await elsewhere.add('laptop');
    expect(await elsewhere.safetyIdentifier(device)).not.toBe(identifier);
  });
});

describe('the file', () => {
  let parent: string;
  let directory: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), 'parley-devices-'));
    directory = join(parent, 'data');
  });
  afterEach(() => rm(parent, { recursive: true }));

  it('is private, and is read by the next start', async () => {
    const { token } = await createDevices(fileStore(directory)).add('laptop');
    expect((await createDevices(fileStore(directory)).find(token))?.name).toBe('laptop');
    expect((await stat(join(directory, 'devices.json'))).mode & 0o777).toBe(0o600);
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    expect(await readFile(join(directory, 'devices.json'), 'utf8')).not.toContain(token);
  });

  it('leaves no draft behind', async () => {
    const devices = createDevices(fileStore(directory));
    await devices.add('one');
    await devices.add('two');
    expect(await readdir(directory)).toEqual(['devices.json']);
    expect(await devices.count()).toBe(2);
  });

  for (const [what, text] of [
    ['cut off', '{"version":1,"devices":['],
    ['empty', ''],
    ['of another shape', '{"version":1,"salt":"x","devices":[]}'],
    ['of a later version', `{"version":2,"salt":"${'0'.repeat(64)}","devices":[]}`],
  ] as const) {
    it(`that is ${what} is an error with a next step, and is not written over`, async () => {
      await createDevices(fileStore(directory)).add('laptop');
      const file = join(directory, 'devices.json');
      await writeFile(file, text);
      const devices = createDevices(fileStore(directory));
      await expect(devices.count()).rejects.toThrow(/devices\.json is damaged: put a copy back/);
      await expect(devices.add('other')).rejects.toThrow(/damaged/);
      expect(await readFile(file, 'utf8')).toBe(text);
    });
  }
});
