import { describe, expect, it } from 'vitest';
import { FaultBook } from '../../../relay/local/faults/book.ts';
import { faultNames } from '../../../relay/local/faults/list.ts';
import { createApp, type AppOptions } from '../../../relay/local/http/app.ts';
import { Authority } from '../../../relay/local/http/authority.ts';
import { readWav } from '../../../relay/local/audio/wav.ts';
import { openGate } from '../../../relay/local/line/gate.ts';
import { systemClock } from '../../../relay/local/session/clock.ts';
import { createIds } from '../../../relay/local/session/ids.ts';

const KEY = 'sk-local-control';
const authority = new Authority(KEY, systemClock, createIds());
const parts: AppOptions = {
  authority,
  switchboard: { open: async () => ({ id: 'rtc_1', answer: 'v=0' }), hangUp: () => false },
  log: () => {},
};
const faults = new FaultBook(systemClock);
const app = createApp({ ...parts, faults });

async function ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const response = await app.request(`/control${path}`, {
    method,
    headers: { host: '127.0.0.1:4000', authorization: `Bearer ${KEY}`, ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : null };
}

describe('The control API', () => {
  it('is not there unless it is asked for', async () => {
    const response = await createApp(parts).request('/control/faults', {
      headers: { host: '127.0.0.1:4000', authorization: `Bearer ${KEY}` },
    });
    expect(response.status).toBe(404);
  });

  it('lists the table, and what is set', async () => {
    const { status, body } = await ask('GET', '/faults');
    expect(status).toBe(200);
    expect(body.faults.map(({ name }: { name: string }) => name)).toEqual(faultNames);
    expect(body.set).toEqual([]);
  });

  it('sets a fault, shows what it did, and takes it back', async () => {
    const wanted = { name: 'http-refuse', parameters: { status: 401, route: 'hangup' }, times: 1 };
    const { status, body } = await ask('POST', '/faults', wanted);
    expect(status).toBe(201);
    const hangUp = await app.request('/v1/realtime/calls/rtc_1/hangup', {
      method: 'POST',
      headers: { host: '127.0.0.1:4000', authorization: `Bearer ${KEY}` },
    });
    expect(hangUp.status).toBe(401);
    expect((await ask('GET', '/log')).body.log).toMatchObject([{ fault: body.id, name: 'http-refuse', to: 'hangup' }]);
    expect((await ask('DELETE', `/faults/${body.id}`)).status).toBe(204);
    expect((await ask('DELETE', `/faults/${body.id}`)).status).toBe(404);
    expect((await ask('DELETE', '/faults')).status).toBe(204);
    expect((await ask('GET', '/calls')).body).toEqual({ calls: [] });
  });

  it('has what each call heard: a summary, and the sound, for a while after its end', async () => {
    const gates = Array.from({ length: 9 }, (_none, index) => faults.open(`rtc_${index}`, 'webrtc', openGate));
    for (const gate of gates) gate.heard(new Float32Array(1600).fill(0.5));
    const { body } = await ask('GET', '/calls');
    expect(body.calls[0]).toMatchObject({ id: 'rtc_0', input: { heardMs: 100, loudMs: 100, peak: 0.5 } });
    const soundOf = (id: string, key = KEY) =>
      app.request(`/control/calls/${id}/sound`, {
        headers: { host: '127.0.0.1:4000', authorization: `Bearer ${key}` },
      });
    const running = await soundOf('rtc_0');
    expect(running.headers.get('content-type')).toBe('audio/wav');
    const { samples, rate } = readWav(new Uint8Array(await running.arrayBuffer()));
    expect([samples.length, rate]).toEqual([1600, 16_000]);
    for (const gate of gates) gate.close();
    expect((await ask('GET', '/calls')).body).toEqual({ calls: [] });
    expect((await soundOf('rtc_8')).status).toBe(200);
    // Of nine that are over, the first is forgotten.
    expect((await soundOf('rtc_0')).status).toBe(404);
    expect((await soundOf('rtc_8', 'sk-wrong')).status).toBe(401);
  });

  it.each([
    ['no JSON', '{', 'invalid_json', null],
    ['no name', {}, 'missing_required_parameter', 'name'],
    ['an unknown name', { name: 'toString' }, 'unknown_fault', 'name'],
    ['an unknown field', { name: 'http-hang', when: 1 }, 'unknown_parameter', 'when'],
    ['a wrong parameter', { name: 'http-hang', parameters: { route: '/x' } }, 'invalid_value', 'parameters.route'],
  ])('refuses %s and says what is wrong', async (_what, wanted, code, param) => {
    const { status, body } = await ask('POST', '/faults', wanted);
    expect(status).toBe(400);
    expect(body.error).toMatchObject({ code, param });
    expect(faults.faults()).toEqual([]);
  });
});

describe('A web page', () => {
  const page = { origin: 'https://page.example' };

  it('cannot use the control API, even with the key', async () => {
    const { status, headers } = await ask('POST', '/faults', { name: 'http-hang' }, page);
    expect(status).toBe(403);
    expect(headers.get('access-control-allow-origin')).toBe(null);
    expect(faults.faults()).toEqual([]);
  });

  it('gets no leave to try', async () => {
    const asks = {
      ...page,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    };
    const { status, headers } = await ask('OPTIONS', '/faults', undefined, asks);
    expect(status).toBe(403);
    expect(headers.get('access-control-allow-origin')).toBe(null);
  });

  it.each([
    ['no key', { authorization: '' }, 401],
    ['a wrong key', { authorization: 'Bearer nothing' }, 401],
    ['an ephemeral key', { authorization: `Bearer ${authority.mint(undefined, 60).value}` }, 401],
    ['a name of its own for this machine', { host: 'page.example' }, 403],
  ])('or anybody gets nowhere with %s', async (_what, headers, status) => {
    expect((await ask('GET', '/faults', undefined, headers)).status).toBe(status);
  });
});
