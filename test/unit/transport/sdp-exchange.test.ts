import { afterEach, describe, expect, it, vi } from 'vitest';
import { faultOf } from '../../../lib/protocol/faults.ts';
import { retryAfterOf } from '../../../lib/transport/post.ts';
import { exchangeSdp } from '../../../lib/transport/sdp-exchange.ts';

afterEach(() => vi.unstubAllGlobals());

function answered(status: number, body: string, headers: Record<string, string> = {}) {
  vi.stubGlobal('fetch', async () => new Response(body, { status, headers }));
  return exchangeSdp('https://provider.example/calls', 'ek', 'v=0\r\n', new AbortController().signal).then(
    (sdp) => ({ sdp }),
    (error: unknown) => faultOf(error),
  );
}
const refusal = (code: string) => JSON.stringify({ error: { message: 'because', type: 'x', code, param: null } });

describe('a provider that does not take the offer', () => {
  it.each([
    [400, 'invalid_offer', 'provider-error'],
    [401, 'invalid_api_key', 'provider-refused'],
    [403, 'forbidden', 'provider-refused'],
    [404, 'not_found', 'provider-error'],
    [429, 'rate_limit_exceeded', 'provider-busy'],
    [429, 'insufficient_quota', 'provider-quota'],
    [500, 'server_error', 'provider-busy'],
    [502, '', 'provider-busy'],
    [503, 'overloaded', 'provider-busy'],
  ])('with HTTP %i %s means %s', async (status, code, fault) => {
    expect(await answered(status, refusal(code))).toMatchObject({ code: fault });
    // The words are a proxy's own, the meaning is the same.
    if (code !== 'insufficient_quota') expect(await answered(status, '<h1>No</h1>')).toMatchObject({ code: fault });
  });

  it('says when it is worth trying again', async () => {
    const busy = await answered(429, refusal('rate_limit_exceeded'), { 'Retry-After': '7' });
    expect(busy).toMatchObject({ code: 'provider-busy', retryAfterS: 7 });
  });

  it.each([
    ['a web page', '<!doctype html>'],
    ['nothing', ''],
    ['JSON', '{"sdp":"v=0"}'],
    ['a megabyte of SDP', `v=0\r\n${'a=x\r\n'.repeat(200_000)}`],
  ])('by %s in place of an answer means provider-error', async (_, body) => {
    expect(await answered(201, body)).toMatchObject({ code: 'provider-error' });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('Fri, 20 Nov 2026 18:00:00 GMT');
  it.each([
    ['30', 30],
    [' 30 ', 30],
    ['Fri, 20 Nov 2026 18:00:12 GMT', 12],
    ['999999999999', 86_400],
    ['0', undefined],
    ['-5', undefined],
    ['Fri, 20 Nov 2026 17:00:00 GMT', undefined],
    ['soon', undefined],
    ['1e999', undefined],
    ['', undefined],
  ])('%j is %s seconds', (said, seconds) => {
    expect(retryAfterOf(new Headers({ 'Retry-After': said }), now)).toBe(seconds);
  });
  it('may be missing', () => expect(retryAfterOf(new Headers())).toBeUndefined());
});
