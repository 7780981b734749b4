/**
 * The relay's settings, from environment variables. Everything that is wrong is said at once: an owner who fixes one
 * line at a time starts a server five times.
 */
import * as z from 'zod';
import { extensionId } from '../lib/protocol/identity.ts';
import { readRules } from './caps/rules.ts';
import { knownVoices } from '../lib/protocol/voices.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

const name = /^[A-Za-z0-9._:-]{1,64}$/;
const originShape = /^(?:(?:chrome|moz)-extension:\/\/[a-z0-9-]{1,64}|https?:\/\/[a-z0-9.-]+(?::\d{1,5})?)$/;

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

const yesNo = z
  .string()
  .regex(/^[01]$/, 'must be 1 for yes or 0 for no')
  .transform((text) => text === '1');

/**
 * `gpt-realtime-whisper` writes the person's words while they speak, is a current model (the gpt-4o and whisper-1 ones
 * end on 26 February 2027) and is the one most seen in use together with voice detection (realtime-protocol, 2.3).
 */
const defaultTranscription = 'gpt-realtime-whisper';

const variables = z.object({
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
  REALTIME_TRANSCRIPTION_MODEL: words(name, 'a model name, or off').default(defaultTranscription),
  REALTIME_FREE_WHILE_IDLE: yesNo.optional(),
  REALTIME_NEGOTIATED_CHANNEL: yesNo.optional(),
  REALTIME_CALLS: yesNo.default(true),
  ORGANISATION_INSTRUCTIONS: z.string().max(8000, 'must be at most 8000 characters').default(''),
  TOKEN_TTL_S: whole(10, 7200).default(60),
  PUBLIC_URL: z
    .string()
    .refine(isAddress, 'must be the address that browsers use, such as https://relay.example.com, without a path')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  EXTENSION_IDS: list(/^[a-p]{32}$/, 'extension ids (32 letters from a to p, see chrome://extensions)').default([]),
  ALLOWED_ORIGINS: list(originShape, 'origins such as chrome-extension://<id> or http://localhost:3000').default([]),
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
  RATE_ADDRESS_PER_MINUTE: whole(1, 1_000_000).default(30),
  RATE_FAILED_AUTH_PER_MINUTE: whole(1, 1_000_000).default(5),
  RATE_FAILED_AUTH_BLOCK_S: whole(1, 86_400).default(900),
  RATE_GLOBAL_PER_MINUTE: whole(1, 1_000_000).default(60),
  LIMIT_DEVICE: rules.default([]),
  LIMIT_PERSON: rules.default([]),
  LIMIT_ADDRESS: rules.default([]),
  LIMIT_ALL: rules.default([]),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S{1,1000}$/, 'must be the address of a Valkey or Redis, such as redis://localhost:6379')
    .optional(),
});

export type RelayConfig = ReturnType<typeof loadConfig>;

/** `errors` has one line for each thing that is wrong; `message` is all of them. */
export class ConfigError extends Error {
  readonly errors: readonly string[];
  constructor(errors: readonly string[]) {
    super(errors.join('\n'));
    this.name = 'ConfigError';
    this.errors = errors;
  }
}

/** Reads and checks the environment; throws a `ConfigError`. An empty variable counts as not set. Touches no file. */
export function loadConfig(environment: Environment) {
  const env = withoutEmpty(environment);
  const parsed = variables.safeParse(env);
  const errors = [
    ...(parsed.error?.issues ?? []).map((issue) => `${issue.path.join('.')}: ${issue.message}`),
    ...contradictions(env),
  ];
  if (!parsed.success || errors.length > 0) throw new ConfigError(errors);
  const it = parsed.data;
  return {
    host: it.HOST,
    /** 0: any free port. */
    port: it.PORT,
    /** Paths of PEM files; null for plain HTTP. */
    tls: it.TLS_CERT !== undefined && it.TLS_KEY !== undefined ? { certFile: it.TLS_CERT, keyFile: it.TLS_KEY } : null,
    /** Proxies of ours between the client and this server. */
    trustedHops: it.TRUST_PROXY,
    origins: [
      ...new Set([extensionId, ...it.EXTENSION_IDS].map((id) => `chrome-extension://${id}`)),
      ...it.ALLOWED_ORIGINS,
    ],
    extensionIds: it.EXTENSION_IDS,
    /** As browsers see it, without a slash at the end; null: as it listens. */
    publicUrl: it.PUBLIC_URL ?? null,
    dataDir: it.RELAY_DATA_DIR,
    /** Null: the local engine answers. */
    key: it.OPENAI_API_KEY ?? null,
    /** Without a slash at the end. */
    baseUrl: it.REALTIME_BASE_URL,
    tokenTtlS: it.TOKEN_TTL_S,
    /** Null: as is known of the provider. */
    freeWhileIdle: it.REALTIME_FREE_WHILE_IDLE ?? null,
    negotiatedChannel: it.REALTIME_NEGOTIATED_CHANNEL ?? null,
    /** The relay opens WebRTC calls itself. */
    calls: it.REALTIME_CALLS,
    /** WebSockets through the relay that one device may have open at once. */
    socketsPerDevice: it.SOCKETS_PER_DEVICE,
    session: {
      model: it.REALTIME_MODEL,
      models: [...new Set([it.REALTIME_MODEL, ...it.REALTIME_MODELS])],
      voice: it.REALTIME_VOICE,
      voices: [...new Set([it.REALTIME_VOICE, ...it.REALTIME_VOICES])],
      transcriptionModel: it.REALTIME_TRANSCRIPTION_MODEL === 'off' ? null : it.REALTIME_TRANSCRIPTION_MODEL,
      organisationInstructions: it.ORGANISATION_INSTRUCTIONS,
    },
    limits: {
      tokenPerMinute: it.RATE_TOKEN_PER_MINUTE,
      tokenPerHour: it.RATE_TOKEN_PER_HOUR,
      addressPerMinute: it.RATE_ADDRESS_PER_MINUTE,
      failedAuthPerMinute: it.RATE_FAILED_AUTH_PER_MINUTE,
      failedAuthBlockS: it.RATE_FAILED_AUTH_BLOCK_S,
      globalPerMinute: it.RATE_GLOBAL_PER_MINUTE,
      rules: { device: it.LIMIT_DEVICE, person: it.LIMIT_PERSON, address: it.LIMIT_ADDRESS, all: it.LIMIT_ALL },
    },
    /** The store that relays share; null: this one counts for itself. */
    redisUrl: it.REDIS_URL ?? null,
  };
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

/** What is wrong between variables; looks at the raw text, so that it is found although another variable is bad too. */
function contradictions(env: Record<string, string>): string[] {
  const errors: string[] = [];
  const encrypted = env.TLS_CERT !== undefined && env.TLS_KEY !== undefined;
  const behindProxy = /^(?:true|[1-9])$/.test(env.TRUST_PROXY ?? '');
  if (!isLoopback(env.HOST ?? '127.0.0.1') && !encrypted && !behindProxy) {
    errors.push(
      'HOST: other machines could reach this address and read the device token on its way. ' +
        'Set TLS_CERT and TLS_KEY, or TRUST_PROXY=1 behind a proxy that does TLS, or HOST=127.0.0.1',
    );
  }
  if (env.TLS_CERT !== undefined && env.TLS_KEY === undefined) errors.push('TLS_KEY: is needed with TLS_CERT');
  if (env.TLS_KEY !== undefined && env.TLS_CERT === undefined) errors.push('TLS_CERT: is needed with TLS_KEY');
  if (env.REALTIME_BASE_URL !== undefined && env.OPENAI_API_KEY === undefined) {
    errors.push(
      'OPENAI_API_KEY: is needed with REALTIME_BASE_URL (a provider that wants none takes any word of 8 letters); ' +
        'without both the local engine answers',
    );
  }
  return errors;
}

function isProviderUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname.replaceAll(/[[\]]/g, '')));
}

function isAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.href.replace(/\/+$/, '') === url.origin;
}

function withoutEmpty(environment: Environment): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(environment)) {
    const text = value?.trim();
    if (text !== undefined && text !== '') env[key] = text;
  }
  return env;
}
