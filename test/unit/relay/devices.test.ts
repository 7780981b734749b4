import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDevices, memoryStore, type TeamStore } from '../../../relay/devices.ts';
import { databaseName, memoryDatabase, openDatabase } from '../../../relay/sqlite/database.ts';
import { importDevices } from '../../../relay/sqlite/import-devices.ts';
import { schema } from '../../../relay/sqlite/schema.ts';
import { sqliteTeam } from '../../../relay/sqlite/team.ts';
import { sha256 } from '../../../relay/team/secrets.ts';

const stores: [string, () => TeamStore][] = [
  ['in memory', memoryStore],
  ['in SQLite', () => sqliteTeam(memoryDatabase())],
];

describe.each(stores)('a device, kept %s,', (_where, store) => {
  it('is known by a token of 256 bits that is kept only as a hash', async () => {
    const devices = createDevices(store());
    const { token, device } = await devices.add('laptop');
    expect(token).toMatch(/^parley_[A-Za-z0-9_-]{43}$/);
    expect(await devices.find(token)).toEqual(device);
    const [kept] = await devices.team.devices();
    expect(kept!.tokenSha256).toBe(await sha256(token));
    expect(JSON.stringify(kept)).not.toContain(token.slice(7));
  });

  it('is not found by another token, nor when there is none', async () => {
    const devices = createDevices(store());
    expect(await devices.find('parley_anything')).toBeNull();
    const { token } = await devices.add('laptop');
    expect(await devices.find(`${token}x`)).toBeNull();
    expect(await devices.find('')).toBeNull();
  });

  it('is found among others, and no longer once it is revoked', async () => {
    const devices = createDevices(store());
    const first = await devices.add('one');
    const second = await devices.add('two');
    expect((await devices.find(first.token))?.name).toBe('one');
    expect(await devices.team.removeDevice(first.device.id)).toBe(true);
    expect(await devices.team.removeDevice(first.device.id)).toBe(false);
    expect(await devices.find(first.token)).toBeNull();
    expect((await devices.find(second.token))?.name).toBe('two');
  });

  it('goes with its person, and others stay', async () => {
    const devices = createDevices(store());
    const ana = await devices.add('laptop', 'ana');
    const ben = await devices.add('laptop', 'ben');
    expect((await devices.team.people()).map(({ name }) => name)).toEqual(['ana', 'ben']);
    expect(await devices.team.removePerson(ana.device.personId)).toBe(true);
    expect(await devices.find(ana.token)).toBeNull();
    expect(await devices.find(ben.token)).not.toBeNull();
    expect(await devices.team.person(ana.device.personId)).toBeNull();
  });

  it('of the same name belongs to the same person', async () => {
    const devices = createDevices(store());
    const [one, two] = await Promise.all([devices.add('laptop', 'ana'), devices.add('phone', 'ana')]);
    expect(one.device.personId).toBe(two.device.personId);
    expect(one.device.personId).not.toBe((await devices.add('laptop')).device.personId);
  });

  it('shows to the minute when it was last used', async () => {
    let now = new Date('2026-11-20T10:00:30Z');
    const devices = createDevices(store(), () => now);
    const { token } = await devices.add('laptop');
    await devices.find(token);
    expect((await devices.team.devices())[0]!.lastUsedAt).toBe('2026-11-20T10:00:00.000Z');
    now = new Date('2026-11-20T10:01:00Z');
    await devices.find(token);
    expect((await devices.team.devices())[0]!.lastUsedAt).toBe('2026-11-20T10:01:00.000Z');
  });

  it('has its person’s safety identifier, which is stable and which another relay would not give', async () => {
    const devices = createDevices(store());
    const { device } = await devices.add('laptop', 'ana');
    const identifier = await devices.safetyIdentifier(device);
    expect(identifier).toMatch(/^[0-9a-f]{64}$/);
    expect(await devices.safetyIdentifier((await devices.add('phone', 'ana')).device)).toBe(identifier);
    expect(await createDevices(store()).safetyIdentifier(device)).not.toBe(identifier);
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
  const open = () => createDevices(sqliteTeam(openDatabase(directory)));

  it('is private, is read by the next start, and holds no token', async () => {
    const { token } = await open().add('laptop');
    expect((await open().find(token))?.name).toBe('laptop');
    expect((await stat(directory)).mode & 0o777).toBe(0o700);
    for (const name of await readdir(directory)) {
      expect([name, (await stat(join(directory, name))).mode & 0o777]).toEqual([name, 0o600]);
      expect(await readFile(join(directory, name), 'latin1')).not.toContain(token);
    }
  });

  it('is shared by processes: what one adds or revokes counts in the other at once', async () => {
    const [relay, command] = [open(), open()];
    const { token, device } = await command.add('laptop');
    expect(await relay.find(token)).not.toBeNull();
    await command.team.removeDevice(device.id);
    expect(await relay.find(token)).toBeNull();
  });

  it('that is no database is an error with a next step, and is not written over', async () => {
    await open().add('laptop');
    const file = join(directory, databaseName);
    for (const name of await readdir(directory)) if (name !== databaseName) await rm(join(directory, name));
    await writeFile(file, 'not a database at all, but long enough to be taken for one'.repeat(100));
    expect(() => open()).toThrow(/relay\.db is damaged .*put a copy back/);
    expect(await readFile(file, 'utf8')).toContain('not a database');
  });

  it('of an earlier relay goes on, with its people and their devices', async () => {
    const token = `parley_${'B'.repeat(43)}`;
    await mkdir(directory);
    const earlier = new DatabaseSync(join(directory, databaseName));
    for (const step of schema.slice(0, 3)) earlier.exec(step);
    earlier.exec(`PRAGMA user_version = 3;
      INSERT INTO people VALUES ('p1', 'ana', '2026-01-02T03:04:05Z');
      INSERT INTO devices VALUES ('d1', 'p1', 'laptop', '${await sha256(token)}', '2026-01-02T03:04:05Z', NULL);`);
    earlier.close();
    expect(await open().find(token)).toMatchObject({ id: 'd1', personId: 'p1', endsAt: null });
    expect(await open().team.person('p1')).toMatchObject({ name: 'ana', account: null });
  });

  it('of a newer relay is left alone', async () => {
    openDatabase(directory).exec('PRAGMA user_version = 99');
    expect(() => open()).toThrow(/written by a newer relay/);
  });
});

describe('devices.json of an earlier relay', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'parley-import-'));
  });
  afterEach(() => rm(directory, { recursive: true }));
  const token = `parley_${'A'.repeat(43)}`;
  const record = async () => ({
    version: 1,
    salt: '5'.repeat(64),
    devices: [{ id: '0a1b2c3d', name: 'browser', tokenSha256: await sha256(token), createdAt: '2026-01-02T03:04:05Z' }],
  });

  it('goes on to work, once, and is kept beside', async () => {
    await writeFile(join(directory, 'devices.json'), JSON.stringify(await record()));
    const database = openDatabase(directory);
    expect(importDevices(directory, database)).toBe(1);
    expect(importDevices(directory, database)).toBe(0);
    const devices = createDevices(sqliteTeam(database));
    expect(await devices.find(token)).toMatchObject({ id: '0a1b2c3d', name: 'browser' });
    expect(await devices.team.salt()).toBe('5'.repeat(64));
    expect((await devices.team.people()).map(({ name }) => name)).toEqual(['owner']);
    expect(await readdir(directory)).toContain('devices.json.imported');
  });

  for (const [what, text] of [
    ['cut off', '{"version":1,"devices":['],
    ['empty', ''],
    ['of another shape', '{"version":1,"salt":"x","devices":[]}'],
    ['of a later version', `{"version":2,"salt":"${'0'.repeat(64)}","devices":[]}`],
  ] as const) {
    it(`that is ${what} is an error with a next step, and stays where it is`, async () => {
      const file = join(directory, 'devices.json');
      await writeFile(file, text);
      const database = openDatabase(directory);
      expect(() => importDevices(directory, database)).toThrow(/devices\.json is damaged: put a copy back/);
      expect(await readFile(file, 'utf8')).toBe(text);
      expect(await createDevices(sqliteTeam(database)).count()).toBe(0);
    });
  }
});
