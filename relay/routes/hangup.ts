/** `DELETE /v1/realtime/calls/{id}`: a person ends a call that the relay opened for one of their devices. */
import type { Handler } from 'hono';
import { arrive, bearer, identify, type AdmitParts } from './admit.ts';
import type { Calls } from '../calls/calls.ts';
import type { RelayEnv } from './record.ts';
import { Refusal } from '../refusal.ts';

export const hangUpPath = '/v1/realtime/calls/:id';

export interface HangUpRouteParts extends AdmitParts {
  running: Calls;
}

/** 204. Somebody else's call is `not_found` like one that never was. */
export function hangUpRoute(parts: HangUpRouteParts): Handler<RelayEnv> {
  return async (c) => {
    await arrive(c, parts);
    const device = await identify(c, parts, bearer(c));
    const id = c.req.param('id') ?? '';
    const known = /^[\w-]{1,128}$/.test(id) && (await parts.running.hangUp(id, device.personId));
    if (!known) throw new Refusal('not_found', 'There is no such call; it may have ended already.');
    return c.body(null, 204);
  };
}
