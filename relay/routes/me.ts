/** `GET /v1/me`: whose device this is, what is left for it, and why its last call was ended. */
import type { Handler } from 'hono';
import { arrive, bearer, identify, type AdmitParts } from './admit.ts';
import type { Calls, Ended } from '../calls/calls.ts';
import { scopes, type Scope, type Measure, type Span } from '../caps/rules.ts';
import { whoIs } from '../caps/who.ts';
import type { RelayEnv } from './record.ts';

export const mePath = '/v1/me';

export interface MyLimit {
  of: Scope;
  what: Measure;
  /** Null: at once. `call`: each call by itself. */
  per: Span | null;
  most: number;
  /** 0 where it is not counted beforehand: at once, and for each call. */
  used: number;
  left: number;
  /** Unix seconds; null where nothing is counted by the calendar. */
  resetsAt: number | null;
}

export interface Me {
  person: { name: string };
  device: { id: string; name: string };
  limits: MyLimit[];
  /** The last call of this device that the relay ended, and why in words for the person; null for none. */
  ended: Ended | null;
}

export interface MeRouteParts extends AdmitParts {
  running: Pick<Calls, 'endedFor'>;
}

export function meRoute(parts: MeRouteParts): Handler<RelayEnv> {
  const { devices, caps, running } = parts;
  return async (c) => {
    await arrive(c, parts);
    const device = await identify(c, parts, bearer(c));
    const who = await whoIs(devices, device, c.get('address'));
    const fixed = scopes.flatMap((of) =>
      caps.rules[of]
        .filter(({ per }) => per === null || per === 'call')
        .map(({ measure: what, per, most }) => ({ of, what, per, most, used: 0, resetsAt: null })),
    );
    const all = [...(await caps.left(who)), ...fixed];
    const me: Me = {
      person: { name: (await devices.team.person(device.personId))?.name ?? '' },
      device: { id: device.id, name: device.name },
      limits: all.map(({ of, what, per, most, used, resetsAt }) => {
        return { of, what, per, most, used, left: Math.max(0, most - used), resetsAt };
      }),
      ended: running.endedFor(device.id),
    };
    return c.json(me);
  };
}
