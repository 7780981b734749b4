import { expect, it } from 'vitest';
import { listDevices, pair, revoke, showUsage, users, type CommandParts } from '../../../relay/cli/commands.ts';
import { createDevices } from '../../../relay/devices.ts';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../../relay/sqlite/team.ts';
import { sqliteUsage } from '../../../relay/sqlite/usage.ts';
import { accept } from '../../../relay/team/pairing.ts';

function owner(): CommandParts {
  const database = memoryDatabase();
  const devices = createDevices(sqliteTeam(database));
  return { devices, usage: sqliteUsage(database), url: 'https://relay.example', extensionIds: [] };
}

it('An owner adds a person, pairs their browser, sees both, and revokes it', async () => {
  const parts = owner();
  expect(await users(['add', 'Ana María'], parts)).toContain('pair Ana María');
  const invitation = await pair(['Ana María'], parts);
  expect(invitation).toContain('https://relay.example');
  const [, code = ''] = /code {3}(\S+)/.exec(invitation) ?? [];
  const answer = await accept(parts.devices, { code, name: 'laptop' });
  expect(await users([], parts)).toMatch(/Ana María +[0-9a-f]{8} +1 /);
  expect(await listDevices(['Ana María'], parts)).toMatch(new RegExp(`${answer!.device.id} +Ana María +laptop`));
  expect(await revoke([answer!.device.id], parts)).toContain('revoked');
  expect(await parts.devices.find(answer!.deviceToken)).toBeNull();
});

it('A person who goes takes their devices along', async () => {
  const parts = owner();
  const { token } = await parts.devices.add('laptop', 'ana');
  await users(['remove', 'ana'], parts);
  expect(await parts.devices.find(token)).toBeNull();
  expect(await users([], parts)).not.toContain('ana');
});

it('The owner sees what everybody used this month, and what of it is estimated', async () => {
  const parts = owner();
  const { device } = await parts.devices.add('laptop', 'ana');
  const who = { person: device.personId, device: device.id };
  await parts.usage.record({ who, model: 'm', calls: 2, ms: 600_000, microUsd: 1_234_567, unseenMicroUsd: 600_000 });
  expect(await showUsage([], parts)).toMatch(/ana +2 +0 +10 +\$1\.23 +\$0\.60/);
  expect(await showUsage(['2020-01'], parts)).not.toContain('ana');
});

it.each([
  ['usage', showUsage, ['yesterday']],
  ['users', users, ['add', '']],
  ['users', users, ['add', '\u001B[2J']],
  ['users', users, ['rename', 'ana']],
  ['users', users, ['remove', 'nobody']],
  ['pair', pair, []],
  ['devices', listDevices, ['nobody']],
  ['revoke', revoke, []],
  ['revoke', revoke, ['00000000']],
] as const)('%s says what to do instead of what cannot be done', async (_name, command, args) => {
  await expect(command(args, owner())).rejects.toThrow(/Say|Give|There is no/);
});

it('Adding somebody twice is said, not done', async () => {
  const parts = owner();
  await users(['add', 'ana'], parts);
  await expect(users(['add', 'ana'], parts)).rejects.toThrow('ana is there already');
});
