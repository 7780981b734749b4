import { describe, expect, it, vi } from 'vitest';
import type { Calls } from '../../../relay/calls/calls.ts';
import { seal, unseal } from '../../../relay/seal.ts';
import { grant } from '../../../lib/protocol/grant.ts';
import { errorOf, origin, relay } from './parts.ts';

describe('A sealed secret', () => {
  it('opens for its relay, its device and its model alone, and fits in a subprotocol', async () => {
    const use = { device: 'd1', model: 'm1' };
    const sealed = await seal('ek_secret', 'salt', use);
    expect(sealed).toMatch(/^sealed_[\w-]+$/);
    expect(sealed).not.toContain('ek_secret');
    expect(await unseal(sealed, 'salt', use)).toBe('ek_secret');
    for (const [shown, salt, other] of [
      [sealed, 'salt', { ...use, device: 'd2' }],
      [sealed, 'salt', { ...use, model: 'cheaper' }],
      [sealed, 'pepper', use],
      [`${sealed.slice(0, -2)}xx`, 'salt', use],
      ['sealed_', 'salt', use],
      ['sealed_§', 'salt', use],
    ] as const) {
      await expect(unseal(shown, salt, other)).rejects.toMatchObject({ code: 'invalid_request' });
    }
    expect(await unseal('ek_plain', 'salt', use)).toBe('ek_plain');
  });
});

it('Where use is limited a grant leads through the relay only, and its secret is of no use elsewhere', async () => {
  const { ask, devices } = await relay({ direct: false });
  const { value, transports, calls, model } = grant.parse(await (await ask()).json());
  expect(transports.map(({ kind }) => kind)).toEqual(['relay']);
  expect(calls).toBe(true);
  const [{ id = '' } = {}] = await devices.team.devices();
  expect(await unseal(value, await devices.team.salt(), { device: id, model })).toBe('ek_minted');
});

describe('DELETE /v1/realtime/calls/{id}', () => {
  const calls = (known: string): Calls & { hangUp: ReturnType<typeof vi.fn> } => ({
    opened: async () => {},
    hangUp: vi.fn(async (id: string) => id === known),
    endedFor: () => null,
  });

  it('ends the person’s call', async () => {
    const running = calls('rtc_1');
    const { send, token, devices, lines } = await relay({ running });
    const headers = { origin, authorization: `Bearer ${token}` };
    expect((await send('/v1/realtime/calls/rtc_1', { method: 'DELETE', headers })).status).toBe(204);
    const [{ personId = '' } = {}] = await devices.team.devices();
    expect(running.hangUp).toHaveBeenCalledWith('rtc_1', personId);
    const none = await send('/v1/realtime/calls/rtc_2', { method: 'DELETE', headers });
    expect(none.status).toBe(404);
    expect((await errorOf(none)).code).toBe('not_found');
    expect(lines.join('\n')).not.toContain('rtc_');
  });

  it('is for known devices, with an id that could be one', async () => {
    const running = calls('rtc_1');
    const { send, token } = await relay({ running });
    const ask = (id: string, authorization: string) =>
      send(`/v1/realtime/calls/${id}`, { method: 'DELETE', headers: { origin, authorization } });
    expect((await ask('rtc_1', '')).status).toBe(401);
    expect((await ask('%2e%2e%2fx', `Bearer ${token}`)).status).toBe(404);
    expect(running.hangUp).not.toHaveBeenCalled();
  });

  it('may be asked for beforehand by a browser', async () => {
    const { send } = await relay();
    const asked = { origin, 'access-control-request-method': 'DELETE' };
    const preflight = await send('/v1/realtime/calls/rtc_1', { method: 'OPTIONS', headers: asked });
    expect(preflight.headers.get('access-control-allow-methods')).toBe('DELETE');
  });
});
