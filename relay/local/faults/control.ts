/**
 * The control API under `/control`: what a test sets, takes back and looks up. With the standard key only, and without
 * CORS, so that no web page can use it.
 */
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import * as z from 'zod';
import type { Authority } from '../http/authority.ts';
import { envelope, HttpRefusal } from '../http/refusal.ts';
import { parseOrRefuse, ProtocolError } from '../session/errors.ts';
import type { FaultControl } from './book.ts';
import { faultRows, type FaultName } from './list.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;

const wanted = z.strictObject({
  name: z.string().max(100),
  parameters: z.record(z.string(), z.unknown()).default({}),
  calls: z.string().optional(),
  times: z.number().optional(),
});

export function createControl(control: FaultControl, authority: Pick<Authority, 'requireStandard'>): Hono {
  const app = new Hono();
  app.onError((error, context) => envelope(context, error));

  app.use(async (context, next) => {
    if (context.req.header('origin') !== undefined) {
      throw new HttpRefusal(403, 'origin_not_allowed', 'The control API is not for web pages.');
    }
    const key = /^Bearer (\S{1,512})$/i.exec(context.req.header('authorization') ?? '')?.[1];
    if (!key) throw new HttpRefusal(401, null, 'The control API wants the standard key: Authorization: Bearer …');
    authority.requireStandard(key);
    await next();
  });
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) =>
        envelope(context, new HttpRefusal(413, 'request_too_large', 'The request body is too large.')),
    }),
  );

  app.get('/faults', (context) => context.json({ faults: faultRows(), set: control.faults() }));

  app.post('/faults', async (context) => {
    const { name, parameters, calls, times } = parseOrRefuse(wanted, await readJson(context.req.raw), '');
    const reach = { ...(calls === undefined ? {} : { calls }), ...(times === undefined ? {} : { times }) };
    return context.json({ id: control.add(name as FaultName, parameters, reach) }, 201);
  });

  app.delete('/faults/:id?', (context) => {
    const id = context.req.param('id');
    if (!control.remove(id)) throw new HttpRefusal(404, 'fault_not_found', `There is no fault '${id}'.`);
    return context.body(null, 204);
  });

  app.get('/calls', (context) => context.json({ calls: control.calls() }));
  app.get('/calls/:id/sound', (context) => {
    const id = context.req.param('id');
    const wav = control.sound(id);
    if (!wav) throw new HttpRefusal(404, 'call_id_not_found', `There is no call '${id}'.`);
    return context.body(Uint8Array.from(wav), 200, { 'content-type': 'audio/wav' });
  });
  app.get('/log', (context) => context.json({ log: control.log() }));
  return app;
}

async function readJson(request: Request): Promise<unknown> {
  try {
    return await request.json();
  } catch {
    throw new ProtocolError('invalid_json', 'We could not parse the JSON body of your request.');
  }
}
