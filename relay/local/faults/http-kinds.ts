/** Faults of HTTP answers: minting keys, exchanging SDP, hanging up, and the handshake of a WebSocket. */
import * as z from 'zod';
import type { Clock } from '../session/clock.ts';
import { errorBody, ProtocolError } from '../session/errors.ts';
import { fault, UPGRADE, type Exchange } from './kind.ts';
import { bodyForms, garbledAnswer, trickled } from './http-bodies.ts';
import { milliseconds } from './parameters.ts';

const route = z.enum(['any', 'client_secrets', 'calls', 'hangup', 'websocket']).default('any');
const routes = (parameters: { route: z.output<typeof route> }) => parameters.route;
const common = { where: 'http', transports: null, routes } as const;

/** What the service says with each status (realtime-protocol 1.9). */
const USUAL: Record<number, { type: string; code: string | null; message: string }> = {
  401: { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: { type: 'invalid_request_error', code: null, message: 'Project does not have access to this model.' },
  429: { type: 'rate_limit_exceeded', code: 'rate_limit_exceeded', message: 'Rate limit reached for requests.' },
};
const QUOTA = {
  type: 'insufficient_quota',
  code: 'insufficient_quota',
  message: 'You exceeded your current quota, please check your plan and billing details.',
};
const OURS = { type: 'server_error', code: null, message: 'The server had an error while processing your request.' };
const THEIRS = { type: 'invalid_request_error', code: null, message: 'The request was refused.' };

/** Never answers. Ends when the client has gone, or everything is closed. */
function silence(gone: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const leave = (): void => reject(new Error('The client has gone.'));
    if (gone.aborted) leave();
    gone.addEventListener('abort', leave, { once: true });
  });
}

function wait(ms: number, { gone }: Exchange, clock: Clock): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.after(ms, resolve);
    gone.addEventListener('abort', () => (stop(), resolve()), { once: true });
  });
}

export const httpKinds = {
  'http-refuse': fault({
    ...common,
    says: 'An answer with any status and error: 401, 403, 429 (with `Retry-After` in seconds or as a date), quota, 5xx.',
    parameters: z.strictObject({
      route,
      status: z.int().min(400).max(599).default(503),
      type: z.string().max(100).optional(),
      code: z.string().max(100).nullable().optional(),
      message: z.string().max(1000).optional(),
      retryAfterS: z.int().min(0).max(86_400).optional(),
      retryAfterAs: z.enum(['seconds', 'date']).default('seconds'),
    }),
    http: async ({ status, type, code, message, retryAfterS, retryAfterAs }, _exchange, clock) => {
      const usual = code === QUOTA.code ? QUOTA : (USUAL[status] ?? (status >= 500 ? OURS : THEIRS));
      const error = new ProtocolError(
        code === undefined ? usual.code : code,
        message ?? usual.message,
        null,
        type ?? usual.type,
      );
      const headers = new Headers({ 'content-type': 'application/json' });
      if (retryAfterS !== undefined) {
        const date = new Date(clock.unixMs() + retryAfterS * 1000).toUTCString();
        headers.set('retry-after', retryAfterAs === 'date' ? date : String(retryAfterS));
      }
      return new Response(JSON.stringify({ error: errorBody(error) }), { status, headers });
    },
  }),

  'http-delay': fault({
    ...common,
    says: 'The right answer comes `ms` late.',
    parameters: z.strictObject({ route, ms: milliseconds.default(3000) }),
    http: async ({ ms }, exchange, clock) => {
      await wait(ms, exchange, clock);
      return exchange.answer();
    },
  }),

  'http-hang': fault({
    ...common,
    says: 'The connection is taken and never answered; or, with `after: headers`, answered without a body.',
    parameters: z.strictObject({ route, after: z.enum(['nothing', 'headers']).default('nothing') }),
    http: async ({ after }, exchange) => {
      if (after === 'nothing' || exchange.route === 'websocket') return silence(exchange.gone);
      const { status, headers } = await exchange.answer();
      // An empty piece sends the headers off.
      const body = new ReadableStream({ start: (stream) => stream.enqueue(new Uint8Array(0)) });
      return new Response(body, { status, headers });
    },
  }),

  'http-reset': fault({
    ...common,
    says: 'The connection is broken by a TCP reset instead of an answer.',
    parameters: z.strictObject({ route }),
    http: async (_parameters, { reset, gone }) => {
      reset();
      return silence(gone);
    },
  }),

  'http-trickle': fault({
    ...common,
    says: 'The right answer comes `bytes` at a time, one piece every `everyMs`.',
    parameters: z.strictObject({
      route,
      bytes: z.int().min(1).max(65_536).default(1),
      everyMs: milliseconds.default(1000),
    }),
    http: async ({ bytes, everyMs }, exchange, clock) => {
      const answer = await exchange.answer();
      return answer === UPGRADE ? answer : trickled(answer, bytes, everyMs, clock);
    },
  }),

  'http-garble': fault({
    ...common,
    says: 'A good status with a bad body: HTML, empty, cut short, of wrong types, without its value, huge, endless, or broken SDP.',
    parameters: z.strictObject({
      route,
      as: z.enum(bodyForms).default('html'),
      bytes: z.int().min(1).max(1_000_000_000).default(50_000_000),
    }),
    http: async ({ as, bytes }, exchange) => {
      const answer = await exchange.answer();
      return garbledAnswer(answer === UPGRADE ? new Response('{}') : answer, as, bytes);
    },
  }),

  'http-redirect': fault({
    ...common,
    says: 'A redirect to another address; without `to`, to itself, for ever.',
    parameters: z.strictObject({
      route,
      status: z.union([301, 302, 303, 307, 308].map((each) => z.literal(each))).default(307),
      to: z.string().max(2000).optional(),
    }),
    http: async ({ status, to }, { path }) => new Response(null, { status, headers: { location: to ?? path } }),
  }),

  'key-ttl': fault({
    where: 'http',
    transports: null,
    says: 'A key that is minted now is good for `seconds`, whatever was asked for; `expires_at` says so.',
    parameters: z.strictObject({ seconds: z.int().min(1).max(7200).default(1) }),
    keyTtlS: ({ seconds }) => seconds,
  }),
};
