/** `POST /v1/pair`: a one-time code becomes a device token. */
import type { Handler } from 'hono';
import { arrive, type AdmitParts } from './admit.ts';
import { limitKey } from '../address.ts';
import { check, readJson, type BodyRules } from './body.ts';
import type { RelayEnv } from './record.ts';
import { Refusal } from '../refusal.ts';
import { accept, pairRequest } from '../team/pairing.ts';

export const pairPath = '/v1/pair';

const rules: BodyRules = { maxBytes: 1024, contentType: 'application/json' };

export function pairRoute(parts: AdmitParts): Handler<RelayEnv> {
  return async (c) => {
    await arrive(c, parts);
    const answer = await accept(parts.devices, check(pairRequest, await readJson(c.req.raw, rules)));
    if (answer === null) {
      // Counted like a wrong token: five in a minute shut the address out.
      await parts.limits.failed(limitKey(c.get('address')));
      throw new Refusal(
        'device_token_invalid',
        'This code is wrong, used or too old. Ask the owner of the relay for another: npm run relay -- pair NAME',
        { param: 'code' },
      );
    }
    c.set('device', answer.device.id);
    return c.json(answer, 201);
  };
}
