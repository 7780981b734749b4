import { describe, expect, it } from 'vitest';
import { createDevices, memoryStore, type TeamStore } from '../../../relay/devices.ts';
import { createLimits } from '../../../relay/limits.ts';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteTeam } from '../../../relay/sqlite/team.ts';
import { accept, invite, pairLink, readCode, showCode } from '../../../relay/team/pairing.ts';
import { errorOf, generous, origin, relay } from './parts.ts';

const stores: [string, () => TeamStore][] = [
  ['in memory', memoryStore],
  ['in SQLite', () => sqliteTeam(memoryDatabase())],
];
const minute = 60_000;
/** The same selector and another proof. */
const wrong = (code: string) => `${code.slice(0, 7)}${code.endsWith('A') ? 'B' : 'A'}`;

describe.each(stores)('A pairing code, kept %s,', (_where, store) => {
  it('becomes a device of its person, once', async () => {
    const devices = createDevices(store());
    const code = await invite(devices, 'ana');
    const answer = await accept(devices, { code, name: 'Chrome at work' });
    expect(answer).toMatchObject({ device: { name: 'Chrome at work' }, person: { name: 'ana' } });
    expect((await devices.find(answer!.deviceToken))?.id).toBe(answer!.device.id);
    expect(await accept(devices, { code })).toBeNull();
  });

  it('is good for one of two who come at once', async () => {
    const devices = createDevices(store());
    const code = await invite(devices, 'ana');
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(devices, { code })));
    expect(answers.filter((answer) => answer !== null)).toHaveLength(1);
    expect(await devices.count()).toBe(1);
  });

  it('lives for ten minutes', async () => {
    const devices = createDevices(store());
    const [early, late] = [await invite(devices, 'ana', 0), await invite(devices, 'ana', 0)];
    expect(await accept(devices, { code: late }, 10 * minute)).toBeNull();
    expect(await accept(devices, { code: early }, 10 * minute - 1)).not.toBeNull();
  });

  it('dies at the fifth wrong try, and not before', async () => {
    const devices = createDevices(store());
    const lucky = await invite(devices, 'ana');
    for (let time = 0; time < 4; time += 1) expect(await accept(devices, { code: wrong(lucky) })).toBeNull();
    expect(await accept(devices, { code: lucky })).not.toBeNull();
    const unlucky = await invite(devices, 'ana');
    for (let time = 0; time < 5; time += 1) expect(await accept(devices, { code: wrong(unlucky) })).toBeNull();
    expect(await accept(devices, { code: unlucky })).toBeNull();
  });

  it('is of no use once its person has gone', async () => {
    const devices = createDevices(store());
    const code = await invite(devices, 'ana');
    await devices.team.removePerson((await devices.person('ana')).id);
    expect(await accept(devices, { code })).toBeNull();
  });

  it('stays apart from as many others as a busy day brings', async () => {
    const devices = createDevices(store());
    const codes = [];
    for (let count = 0; count < 200; count += 1) codes.push(await invite(devices, `person ${count}`));
    expect(new Set(codes.map((code) => code.slice(0, 2))).size).toBe(200);
    expect((await accept(devices, { code: codes[77]! }))?.person.name).toBe('person 77');
  });
});

it('A code is read as people write it, and shown as they read it', () => {
  expect(readCode(' ab0o-il9z ')).toBe('AB00119Z');
  expect(showCode('AB12CD34')).toBe('AB12-CD34');
  const link = pairLink('a'.repeat(32), 'https://relay.example:8443', 'AB12CD34');
  expect(link).toBe(
    `chrome-extension://${'a'.repeat(32)}/welcome.html#relay=https%3A%2F%2Frelay.example%3A8443&code=AB12CD34`,
  );
});

describe('POST /v1/pair', () => {
  const pairWith = (send: Awaited<ReturnType<typeof relay>>['send'], body: unknown) =>
    send('/v1/pair', {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  it('gives a token that opens calls', async () => {
    const { send, ask, devices } = await relay();
    const response = await pairWith(send, { code: showCode(await invite(devices, 'ana')).toLowerCase(), name: 'Edge' });
    expect(response.status).toBe(201);
    const { deviceToken, person } = (await response.json()) as { deviceToken: string; person: { name: string } };
    expect(person.name).toBe('ana');
    expect((await ask({}, { authorization: `Bearer ${deviceToken}` })).status).toBe(200);
  });

  it('refuses a wrong code with a next step, and shuts out an address that guesses', async () => {
    const { send, devices } = await relay({ limits: createLimits({ ...generous, failedAuthPerMinute: 5 }) });
    const code = await invite(devices, 'ana');
    for (let guess = 0; guess < 5; guess += 1) {
      const response = await pairWith(send, { code: `ZZ${String(guess).padStart(6, '0')}` });
      expect(response.status).toBe(401);
      expect((await errorOf(response)).message).toContain('pair NAME');
    }
    const shut = await pairWith(send, { code });
    expect(shut.status).toBe(429);
    expect(Number(shut.headers.get('retry-after'))).toBeGreaterThan(800);
  });

  it('keeps what a terminal would obey out of a device’s name', async () => {
    const { send, devices } = await relay();
    await pairWith(send, { code: await invite(devices, 'ana'), name: '\u001B[31mred\u0007' });
    expect((await devices.team.devices()).at(-1)!.name).toBe('31mred');
  });

  it('leaves neither code nor token in the log', async () => {
    const { send, devices, lines } = await relay();
    const code = await invite(devices, 'ana');
    const { deviceToken } = (await (await pairWith(send, { code })).json()) as { deviceToken: string };
    await pairWith(send, { code });
    expect(lines).toHaveLength(2);
    for (const secret of [code, deviceToken]) expect(lines.join('\n')).not.toContain(secret);
  });
});
