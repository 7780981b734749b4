/** Each setting of the relay by itself: its shape, its default, and what is said when it is wrong. */
import * as z from 'zod';
import { knownVoices } from '../../lib/protocol/voices.ts';
import { readRules } from '../caps/rules.ts';
import { glossaryBounds, readGlossary } from '../session/glossary.ts';
import { isLoopback } from '../loopback.ts';
import { parseJson } from '../parse-json.ts';
import { modelPrices } from '../usage/prices.ts';

const name = /^[A-Za-z0-9._:-]{1,64}$/;
const originShape = /^(?:(?:chrome|moz)-extension:\/\/[a-z0-9-]{1,64}|https?:\/\/[a-z0-9.-]+(?::\d{1,5})?)$/;

const allowedShape = /^(?:\*|(?:[^\s@=,]+@)?(?:[a-z0-9-]+\.)+[a-z0-9-]{2,}|[^\s=,]{1,128}=[^,]{1,256})$/i;

const whole = (smallest: number, largest: number) =>
  z
    .string()
    .refine(
      (text) => /^\d{1,9}$/.test(text) && Number(text) >= smallest && Number(text) <= largest,
      `must be a whole number from ${smallest} to ${largest}`,
    )
    .transform(Number);

const list = (shape: RegExp, what: string) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((entry) => entry.trim())
        .filter((entry) => entry !== ''),
    )
    .refine((entries) => entries.every((entry) => shape.test(entry)), `must be ${what}, separated by commas`);

const words = (shape: RegExp, what: string) => z.string().regex(shape, `must be ${what}`);

const rules = z.string().transform((text, context) => {
  const read = readRules(text);
  if (read !== null) return read;
  const message =
    'must be limits such as calls=4 requests/day=200 minutes/call=30 minutes/day=120 usd/day=5 usd/month=50 (each once; per minute, hour, day or month)';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const glossary = z.string().transform((text, context) => {
  const read = readGlossary(text);
  if (read !== null) return read;
  const { characters, terms, term } = glossaryBounds;
  const message = `must be terms such as Parley=our assistant; Zbyszek; QBR=quarterly business review (at most ${terms}, each of ${term} characters, in all ${characters})`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const yesNo = z
  .string()
  .regex(/^[01]$/, 'must be 1 for yes or 0 for no')
  .transform((text) => text === '1');

/**
 * `gpt-realtime-whisper` writes the person's words while they speak, is a current model (the gpt-4o and whisper-1 ones
 * end on 26 February 2027) and is the one most seen in use together with voice detection (realtime-protocol, 2.3).
 */
const defaultTranscription = 'gpt-realtime-whisper';

export const variables = z.object({
  OPENAI_API_KEY: words(
    /^[\x21-\x7e]{8,512}$/,
    'one word of printable characters (is there a space in it?)',
  ).optional(),
  HOST: words(/^[A-Za-z0-9.:-]{1,255}$/, 'a host name or an address').default('127.0.0.1'),
  PORT: whole(0, 65_535).default(8787),
  REALTIME_MODEL: words(name, 'a model name').default('gpt-realtime-2.1'),
  REALTIME_MODELS: list(name, 'model names').default([
    'gpt-realtime-2.1',
    'gpt-realtime-2.1-mini',
    'gpt-realtime-2',
    'gpt-realtime-1.5',
  ]),
  REALTIME_VOICE: words(name, 'a voice name').default('marin'),
  REALTIME_VOICES: list(name, 'voice names').default(knownVoices),
  REALTIME_BASE_URL: z
    .string()
    .refine(
      isProviderUrl,
      'must be an https address without credentials or query, such as https://api.openai.com/v1 (http only for this machine)',
    )
    .transform((text) => text.replace(/\/+$/, ''))
    .default('https://api.openai.com/v1'),
  REALTIME_KEY_HEADER: z.enum(['authorization', 'api-key'], { error: 'must be authorization or api-key' }).optional(),
  REALTIME_MODEL_MAP: list(
    /^[A-Za-z0-9._:-]{1,64}=[A-Za-z0-9._:-]{1,64}$/,
    'pairs such as gpt-realtime-2.1=my-deployment',
  ).default([]),
  REALTIME_TRANSPORTS: list(/^(?:webrtc|websocket|relay)$/, 'any of webrtc, websocket and relay').default([
    'webrtc',
    'websocket',
    'relay',
  ]),
  REALTIME_TRANSCRIPTION_MODEL: words(name, 'a model name, or off').default(defaultTranscription),
  REALTIME_FREE_WHILE_IDLE: yesNo.optional(),
  REALTIME_NEGOTIATED_CHANNEL: yesNo.optional(),
  REALTIME_CALLS: yesNo.default(true),
  REALTIME_SIDEBAND: yesNo.optional(),
  REALTIME_DIRECT: yesNo.optional(),
  REALTIME_PRICES: z
    .string()
    .transform((text, context) => {
      const prices = z.record(z.string().regex(name), modelPrices).safeParse(parseJson(text));
      if (prices.success) return prices.data;
      const message =
        'must be JSON such as {"my-model":{"text":{"input":4,"cached":0.4,"output":16},"audio":{"input":32,"cached":0.4,"output":64},"image":{"input":5,"cached":0.5},"unseenMinute":0.6}}, dollars for a million tokens';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional(),
  MODERATION: z
    .string()
    .refine(
      (text) => text === '1' || isProviderUrl(text),
      "must be 1 for OpenAI's own, or the https address of a moderation server, without credentials or query (http only for this machine)",
    )
    .optional(),
  MODERATION_KEY: words(/^[\x21-\x7e]{8,512}$/, 'one word of printable characters').optional(),
  REALTIME_INSTRUCTIONS: z
    .string()
    .transform((text, context) => {
      const texts = z.array(z.string().trim().min(1).max(8000)).max(50).safeParse(parseJson(text));
      if (texts.success) return texts.data;
      const message = 'must be a JSON list of the texts that may be wished for, such as ["Speak slowly."]; [] for none';
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    })
    .optional(),
  ORGANISATION_INSTRUCTIONS: z.string().max(8000, 'must be at most 8000 characters').default(''),
  ORGANISATION_GLOSSARY: glossary.default([]),
  TOKEN_TTL_S: whole(10, 7200).default(60),
  PUBLIC_URL: z
    .string()
    .refine(isAddress, 'must be the address that browsers use, such as https://relay.example.com, without a path')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  RELAY_HOSTS: list(/^[A-Za-z0-9.:-]{1,255}$/, 'host names without a port').optional(),
  MAX_CONNECTIONS: whole(1, 100_000).default(10_000),
  MAX_CONNECTIONS_PER_ADDRESS: whole(1, 100_000).default(100),
  EXTENSION_IDS: list(/^[a-p]{32}$/, 'extension ids (32 letters from a to p, see chrome://extensions)').default([]),
  ALLOWED_ORIGINS: list(originShape, 'origins such as chrome-extension://<id> or http://localhost:3000').default([]),
  METRICS_TOKEN: words(/^[\x21-\x7e]{16,512}$/, 'one word of 16 or more printable characters').optional(),
  RELAY_DATA_DIR: z.string().default('.relay'),
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  TRUST_PROXY: z
    .string()
    .regex(/^(?:true|false|\d)$/, 'must be how many proxies stand in front, from 0 to 9 (true means 1)')
    .transform((text) => (text === 'true' ? 1 : text === 'false' ? 0 : Number(text)))
    .default(0),
  SOCKETS_PER_DEVICE: whole(1, 100).default(4),
  RATE_TOKEN_PER_MINUTE: whole(1, 1_000_000).default(6),
  RATE_TOKEN_PER_HOUR: whole(1, 1_000_000).default(60),
  RATE_ADDRESS_PER_MINUTE: whole(1, 1_000_000).default(60),
  RATE_FAILED_AUTH_PER_MINUTE: whole(1, 1_000_000).default(5),
  RATE_FAILED_AUTH_BLOCK_S: whole(1, 86_400).default(900),
  RATE_GLOBAL_PER_MINUTE: whole(1, 1_000_000).default(60),
  LIMIT_DEVICE: rules.default([]),
  LIMIT_PERSON: rules.default([]),
  LIMIT_ADDRESS: rules.default([]),
  LIMIT_ALL: rules.default([]),
  OIDC_ISSUER: z
    .string()
    .refine(
      isProviderUrl,
      'must be the https address that the identity provider calls itself, such as https://login.example.com (http only for this machine)',
    )
    .optional(),
  OIDC_CLIENT_ID: words(/^[\x21-\x7e]{1,256}$/, 'one word of printable characters').optional(),
  OIDC_CLIENT_SECRET: words(/^[\x21-\x7e]{1,1024}$/, 'one word of printable characters').optional(),
  OIDC_ALLOWED: list(
    allowedShape,
    'domains (example.com), addresses (ana@example.com), claims (groups=parley), or * alone for everybody',
  ).default([]),
  OIDC_SCOPE: words(/^openid(?: [\x21-\x7e]+)*$/, 'scopes with a space between, and openid first').default(
    'openid email profile',
  ),
  OIDC_DEVICE_DAYS: whole(0, 3650).default(30),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S{1,1000}$/, 'must be the address of a Valkey or Redis, such as redis://localhost:6379')
    .optional(),
});

function isProviderUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replaceAll(/[[\]]/g, '')));
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href.replace(/\/+$/, '') === url.origin;
}
