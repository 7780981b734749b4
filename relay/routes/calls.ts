/**
 * `POST /v1/realtime/calls`: a known device's offer becomes a call in one round trip. No secret is minted, and the key
 * and the session stay here.
 *
 * The body is JSON that says it is plain text, and the device token is in it: a browser asks nobody beforehand about
 * such a request (Fetch: CORS-safelisted), which saves it a round trip. The Origin list holds for it as for the others.
 */
import type { Handler } from 'hono';
import * as z from 'zod/mini';
import type { CallAnswer } from '../../lib/protocol/grant.ts';
import { arrive, begin, identify, type AdmitParts } from './admit.ts';
import { check, checkWishes, readJson, type BodyRules } from './body.ts';
import type { Calls } from '../calls/calls.ts';
import type { RelayEnv } from './record.ts';
import { Refusal } from '../refusal.ts';
import type { Upstream } from '../upstream/upstream.ts';

export const callsPath = '/v1/realtime/calls';

export interface CallsRouteParts extends AdmitParts {
  upstream: Pick<Upstream, 'call'>;
  running: Calls;
  provider: string;
  /** The provider takes `?dcid=`. */
  negotiated: boolean;
}

const rules: BodyRules = { maxBytes: 96 * 1024, contentType: 'text/plain' };
const tokenOnly = z.looseObject({ deviceToken: z.string() });
const callRequest = z.strictObject({
  deviceToken: z.string(),
  sdp: z.string().check(z.startsWith('v=0'), z.maxLength(65_536)),
  /** The id of a data channel that both sides know beforehand. */
  dcid: z.optional(z.int().check(z.gte(0), z.lte(65_534))),
  wishes: z.unknown(),
});

export function callsRoute(parts: CallsRouteParts): Handler<RelayEnv> {
  const { upstream, running, caps, provider, negotiated } = parts;
  return async (c) => {
    await arrive(c, parts);
    const json = await readJson(c.req.raw, rules);
    // Before the rest is looked at: a stranger learns nothing about it.
    const device = await identify(c, parts, tokenOnly.safeParse(json).data?.deviceToken);
    const { sdp, dcid, wishes } = check(callRequest, json);
    if (dcid !== undefined && !negotiated) {
      throw new Refusal('invalid_request', 'The provider takes no dcid: offer a data channel that it can see.', {
        param: 'dcid',
      });
    }
    const { session, askFor, who } = await begin(c, parts, device, checkWishes(wishes));
    const place = crypto.randomUUID();
    await caps.take(place, who);
    // Given up half way it might open a call that nobody knows how to end.
    const { signal, ...toTheEnd } = askFor;
    const { sdp: answer, callId } = await upstream
      .call(session, { sdp, dcid }, toTheEnd)
      .catch(async (error: unknown) => {
        await caps.leave(place, who);
        throw error;
      });
    await running.opened({ id: callId ?? place, place, who, model: session.model }, callId !== null);
    if (signal?.aborted && callId !== null) await running.hangUp(callId, who.person);
    const opened: CallAnswer = {
      sdp: answer,
      callId,
      model: session.model,
      voice: session.audio.output.voice,
      provider,
      issuedAt: Math.floor(Date.now() / 1000),
    };
    return c.json(opened, 201);
  };
}
