import * as fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { FaultError } from '../../../lib/protocol/faults.ts';
import { exchangeSdp } from '../../../lib/transport/sdp-exchange.ts';
import { check, checkWishes, readJson } from '../../../relay/routes/body.ts';
import { wishes } from '../../../lib/protocol/wishes.ts';
import { InvalidOffer, readOffer } from '../../../relay/local/peer/offer.ts';
import { Refusal } from '../../../relay/refusal.ts';
import { readCalled } from '../../../relay/upstream/call.ts';
import { goldenAnswer, goldenOffer } from '../../support/golden-sdp.ts';
import { howMany, patience } from '../../support/how-many.ts';
import { damagedText, oddJson, oddText } from '../../support/odd-values.ts';

/** Lines dropped, doubled, moved and made up; characters lost; line ends of another kind. */
function tornSdp(good: string): fc.Arbitrary<string> {
  const lines = good.split('\r\n');
  const line = fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom(...lines) },
    { weight: 1, arbitrary: oddText },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom(...'vosatmcbz'), oddText).map(([name, text]) => `${name}=${text}`),
    },
  );
  const dropped = fc.array(fc.nat({ max: 9 }), { minLength: lines.length, maxLength: lines.length });
  return fc.oneof(
    dropped.map((keep) => lines.filter((_, index) => keep[index]! > 0).join('\r\n')),
    fc.tuple(fc.array(line, { maxLength: 40 }), fc.constantFrom('\r\n', '\n', '\r')).map(([all, end]) => all.join(end)),
    fc
      .tuple(fc.nat(good.length), fc.nat(30), oddText)
      .map(([at, gone, more]) => good.slice(0, at) + more + good.slice(at + gone)),
    fc.constant(good.repeat(40)),
    oddText,
  );
}

describe('an offer', () => {
  it('that is whole is read', () => {
    expect(readOffer(goldenOffer)).toEqual({ audioMid: '0', opusPayloadType: 111, direction: 'sendrecv' });
  });

  it(
    'however torn, is read or refused in words',
    () => {
      fc.assert(
        fc.property(tornSdp(goldenOffer), (sdp) => {
          try {
            const { audioMid, opusPayloadType, direction } = readOffer(sdp);
            expect(audioMid).toMatch(/^\S{1,64}$/);
            expect(opusPayloadType).toBeLessThanOrEqual(127);
            expect(['sendrecv', 'sendonly', 'recvonly', 'inactive']).toContain(direction);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidOffer);
          }
        }),
        howMany(2_000, 20_000),
      );
    },
    patience,
  );
});

describe('an answer to an offer', () => {
  afterEach(() => vi.unstubAllGlobals());

  const statuses = fc.constantFrom(200, 201, 201, 201, 204, 302, 400, 401, 403, 404, 429, 500, 503);
  const bodies = fc.oneof(
    { weight: 3, arbitrary: tornSdp(goldenAnswer) },
    {
      weight: 1,
      arbitrary: damagedText([{ error: { message: 'canary', type: 'invalid_request_error', code: 'x', param: null } }]),
    },
  );

  it(
    'however torn, is SDP or a fault: the extension reads nothing else',
    async () => {
      await fc.assert(
        fc.asyncProperty(statuses, bodies, async (status, body) => {
          const text = status === 204 ? null : body;
          vi.stubGlobal('fetch', async () => new Response(text, { status }));
          const answer = exchangeSdp('http://127.0.0.1:1/', 'ek', goldenOffer, new AbortController().signal);
          await answer.then(
            (sdp) => expect(sdp.startsWith('v=0') && sdp.length <= 65_536).toBe(true),
            (error: unknown) => {
              expect(error).toBeInstanceOf(FaultError);
              expect((error as FaultError).fault.code).toMatch(/^provider-/);
              expect((error as FaultError).fault.detail?.length ?? 0).toBeLessThanOrEqual(300);
            },
          );
        }),
        howMany(500, 20_000),
      );
    },
    patience,
  );

  it(
    'however torn, is handed on by the relay or refused',
    () => {
      fc.assert(
        fc.property(statuses, bodies, fc.option(oddText, { nil: undefined }), (status, body, location) => {
          try {
            const { sdp, callId } = readCalled({ status, body, location, retryAfter: location });
            expect(sdp.startsWith('v=0')).toBe(true);
            if (callId !== null) expect(callId).toMatch(/^[\w-]{1,128}$/);
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
            expect((error as Refusal).message).not.toContain('canary');
          }
        }),
        howMany(500, 20_000),
      );
    },
    patience,
  );
});

describe('what a relay is asked', () => {
  const meant = {
    model: 'gpt-realtime',
    voice: 'marin',
    language: 'pt-BR',
    instructions: 'Be brief.',
    turnDetection: { type: 'server_vad', threshold: 0.5, create_response: true },
    noiseReduction: 'near',
    tools: [{ type: 'function', name: 'read_page', description: 'Reads.', parameters: { type: 'object' } }],
    output: 'audio',
  };

  it(
    'however damaged, is wishes or refused with a sentence',
    () => {
      fc.assert(
        fc.property(damagedText([meant]), (text) => {
          let json: unknown;
          try {
            json = JSON.parse(text);
          } catch {
            return;
          }
          try {
            expect(check(wishes, checkWishes(json))).toEqual(checkWishes(json));
          } catch (error) {
            expect(error).toBeInstanceOf(Refusal);
            expect((error as Refusal).code).toBe('invalid_request');
            expect((error as Refusal).message.length).toBeLessThan(30_000);
          }
        }),
        howMany(1_000, 200_000),
      );
    },
    patience,
  );

  it(
    'of any bytes and any length is read to its limit and no further',
    async () => {
      const rules = { maxBytes: 1000, contentType: 'application/json' };
      const body = fc.oneof(
        fc.uint8Array({ maxLength: 2000 }),
        oddJson.map((value) => new TextEncoder().encode(JSON.stringify(value))),
      );
      await fc.assert(
        fc.asyncProperty(
          body,
          fc.constantFrom('application/json', 'application/json; charset=utf-8', 'text/plain'),
          async (bytes, type) => {
            const request = new Request('http://relay/', {
              method: 'POST',
              body: bytes as never,
              headers: { 'content-type': type },
            });
            const read = await readJson(request, rules).then(
              () => null,
              (error: unknown) => error as Refusal,
            );
            if (read) expect(read).toBeInstanceOf(Refusal);
            if (bytes.length > 1000 && type !== 'text/plain') expect(read?.code).toBe('body_too_large');
          },
        ),
        howMany(500, 50_000),
      );
    },
    patience,
  );
});
