import { describe, expect, it, vi } from 'vitest';
import { pair } from '../../../../lib/ui/welcome/pair.ts';

const request = { relayUrl: 'https://relay.example/team', code: 'AB12-CD34', name: 'Chrome on Linux' };

/** A relay that answers so, and what it was asked. */
function relay(status: number, body: unknown, headers: Record<string, string> = {}) {
  const asked: { url: string; init: RequestInit }[] = [];
  const send = async (url: unknown, init: RequestInit = {}) => {
    asked.push({ url: String(url), init });
    return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers });
  };
  return { asked, send: send as typeof fetch };
}

const refusal = (code: string) => ({ error: { code, message: 'no' } });

describe('pairing', () => {
  it('asks with code and name, and with nothing that follows the person', async () => {
    const { asked, send } = relay(201, { deviceToken: 't', device: { id: 'd', name: 'n' }, person: { name: 'Ana' } });
    expect(await pair(request, send)).toEqual({ deviceToken: 't' });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.url).toBe('https://relay.example/team/v1/pair');
    expect(asked[0]?.init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      redirect: 'error',
      referrerPolicy: 'no-referrer',
    });
    expect(JSON.parse(String(asked[0]?.init.body))).toEqual({ code: 'AB12-CD34', name: 'Chrome on Linux' });
  });

  it.each([
    [401, 'device_token_invalid', { refused: 'code-refused' }],
    [400, 'invalid_request', { refused: 'code-refused' }],
    [404, 'not_found', { refused: 'no-pairing' }],
    [405, 'method_not_allowed', { refused: 'no-pairing' }],
    [403, 'origin_not_allowed', { fault: { code: 'relay-origin' } }],
  ] as const)('names what %i %s means', async (status, code, answer) => {
    expect(await pair(request, relay(status, refusal(code)).send)).toEqual(answer);
  });

  it('says when to try again', async () => {
    const { send } = relay(429, refusal('rate_limited'), { 'Retry-After': '60' });
    expect(await pair(request, send)).toEqual({ fault: { code: 'relay-limit', retryAfterS: 60 } });
  });

  it.each([
    ['a page', 200, '<!doctype html>'],
    ['a missing page', 404, 'Not Found'],
    ['no token', 201, {}],
    ['an empty token', 201, { deviceToken: '' }],
    ['a token of two words', 201, { deviceToken: 'two words' }],
    ['a token that is none', 201, { deviceToken: 7 }],
    ['null', 201, 'null'],
    ['more than a relay ever says', 201, JSON.stringify({ deviceToken: 't', filling: 'x'.repeat(70_000) })],
  ])('takes %s for no relay', async (_, status, body) => {
    expect(await pair(request, relay(status, body).send)).toMatchObject({ fault: { code: 'relay-not-a-relay' } });
  });

  it('tells nobody there from somebody slow', async () => {
    const fails = (error: unknown): typeof fetch => vi.fn().mockRejectedValue(error);
    expect(await pair(request, fails(new TypeError('Failed to fetch')))).toMatchObject({
      fault: { code: 'relay-unreachable' },
    });
    expect(await pair(request, fails(new DOMException('late', 'TimeoutError')))).toMatchObject({
      fault: { code: 'relay-timeout' },
    });
  });
});
