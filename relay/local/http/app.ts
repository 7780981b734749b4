import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { cors } from 'hono/cors';
import * as z from 'zod';
import type { FaultBook } from '../faults/book.ts';
import { createControl } from '../faults/control.ts';
import { httpFaults } from '../faults/http-faults.ts';
import { InvalidOffer } from '../peer/offer.ts';
import type { SessionConfig } from '../session/config.ts';
import { parseOrRefuse } from '../session/errors.ts';
import type { Authority } from './authority.ts';
import { envelope, HttpRefusal } from './refusal.ts';

const MAX_BODY_BYTES = 512 * 1024;
export const LOOPBACK_HOST = /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i;

const mintRequest = z.strictObject({
  expires_after: z.optional(
    z.strictObject({
      anchor: z.optional(z.literal('created_at')),
      seconds: z.optional(z.int().check(z.gte(10), z.lte(7200))),
    }),
  ),
  session: z.optional(z.unknown()),
});

/** The calls behind the routes. */
export interface Switchboard {
  /** Rejects with `InvalidOffer`, or an `HttpRefusal` when no call can be taken. */
  open(offer: string, config: SessionConfig, channelId?: number): Promise<{ id: string; answer: string }>;
  /** False when there is no such call. */
  hangUp(id: string): boolean;
}

export interface AppOptions {
  authority: Authority;
  switchboard: Switchboard;
  log: (line: string) => void;
  /** What the engine is asked to do wrong, and the control API to ask for it. */
  faults?: FaultBook;
}

/**
 * The HTTP side of the Realtime API: minting keys, exchanging SDP, hanging up (realtime-protocol 1.1-1.3, 1.9).
 * Any origin may call: the key is the authority. Any Host but loopback is refused, so
 * that a web page cannot reach it under a name of its own.
 */
export function createApp({ authority, switchboard, log, faults }: AppOptions): Hono {
  const app = new Hono();

  app.onError((error, context) => {
    if (!(error instanceof HttpRefusal) && error.name !== 'Error') log(`${context.req.path}: ${error.name}`);
    return envelope(context, error);
  });
  app.notFound((context) =>
    envelope(context, new HttpRefusal(404, null, `Unknown request URL: ${context.req.method} ${context.req.path}.`)),
  );

  app.use(async (context, next) => {
    if (!LOOPBACK_HOST.test(context.req.header('host') ?? '')) {
      throw new HttpRefusal(403, 'host_not_allowed', 'The local engine answers on 127.0.0.1 only.');
    }
    await next();
  });
  if (faults) app.route('/control', createControl(faults, authority));
  app.use(
    cors({
      origin: '*',
      allowMethods: ['POST', 'OPTIONS'],
      allowHeaders: ['authorization', 'content-type', 'x-openai-agents-sdk'],
      exposeHeaders: ['Location'],
      maxAge: 600,
    }),
  );
  if (faults) app.use(httpFaults(faults));
  app.use(
    bodyLimit({
      maxSize: MAX_BODY_BYTES,
      onError: (context) =>
        envelope(context, new HttpRefusal(413, 'request_too_large', 'The request body is too large.')),
    }),
  );

  app.post('/v1/realtime/client_secrets', async (context) => {
    authority.requireStandard(bearer(context));
    const body = parseOrRefuse(mintRequest, await readJson(context), '');
    const ttlS = body.expires_after?.seconds ?? 600;
    return context.json(authority.mint(body.session, faults?.keyTtlS(ttlS) ?? ttlS));
  });

  app.post('/v1/realtime/calls', async (context) => {
    const multipart = (context.req.header('content-type') ?? '').startsWith('multipart/form-data');
    const { offer, config } = multipart ? await unified(context, authority) : await ephemeral(context, authority);
    const { id, answer } = await switchboard.open(offer, config, channelId(context)).catch((error: unknown) => {
      if (!(error instanceof InvalidOffer)) throw error;
      log(`An offer was refused: ${error.message}`);
      throw new HttpRefusal(400, 'invalid_offer', 'Invalid SDP offer. Please try again with a WHIP-compliant offer.');
    });
    return context.body(answer, 201, { 'content-type': 'application/sdp', location: `/v1/realtime/calls/${id}` });
  });

  app.post('/v1/realtime/calls/:id/hangup', (context) => {
    authority.sessionOf(bearer(context));
    if (!switchboard.hangUp(context.req.param('id'))) {
      throw new HttpRefusal(400, 'call_id_not_found', 'No session found for the provided call_id');
    }
    return context.body(null, 200);
  });

  return app;
}

/** Form A: raw SDP with an ephemeral key, whose session it is. The standard key is good too, with a default session. */
async function ephemeral(context: Context, authority: Authority): Promise<{ offer: string; config: SessionConfig }> {
  const config = authority.sessionOf(bearer(context));
  if (!(context.req.header('content-type') ?? '').startsWith('application/sdp')) {
    throw new HttpRefusal(
      400,
      'unsupported_content_type',
      "Unsupported content type. Expected 'application/sdp' or 'multipart/form-data'.",
    );
  }
  return { offer: await context.req.text(), config };
}

/** Form B: multipart with the standard key, `sdp` and `session`, each a field or a file. */
async function unified(context: Context, authority: Authority): Promise<{ offer: string; config: SessionConfig }> {
  authority.requireStandard(bearer(context));
  const form = await context.req.formData().catch(() => {
    throw new HttpRefusal(400, 'invalid_multipart', 'The form could not be parsed.');
  });
  const [sdp, session] = [form.get('sdp'), form.get('session')];
  if (sdp === null) throw new HttpRefusal(400, 'missing_required_parameter', "Missing required parameter: 'sdp'.");
  const wanted = session === null ? undefined : parseJson(typeof session === 'string' ? session : await session.text());
  return { offer: typeof sdp === 'string' ? sdp : await sdp.text(), config: authority.session(wanted) };
}

function channelId(context: Context): number | undefined {
  const given = context.req.query('dcid');
  if (given === undefined) return undefined;
  const id = /^\d{1,5}$/.test(given) ? Number(given) : Number.NaN;
  if (id >= 0 && id <= 65_534) return id;
  throw new HttpRefusal(400, 'invalid_value', "Invalid 'dcid': expected a data channel id from 0 to 65534.");
}

function bearer(context: Context): string {
  const value = /^Bearer (\S{1,512})$/i.exec(context.req.header('authorization') ?? '')?.[1];
  if (value) return value;
  throw new HttpRefusal(401, null, 'Missing bearer or basic authentication in header');
}

async function readJson(context: Context): Promise<unknown> {
  const text = await context.req.text();
  return text.trim() === '' ? {} : parseJson(text);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, 'invalid_json', 'We could not parse the JSON body of your request.');
  }
}
