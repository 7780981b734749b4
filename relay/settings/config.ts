/**
 * The relay's settings, from environment variables. Everything that is wrong is said at once: an owner who fixes one
 * line at a time starts a server five times.
 */
import type * as z from 'zod';
import { extensionId } from '../../lib/protocol/identity.ts';
import { limitsUse, type Rules } from '../caps/rules.ts';
import { isLoopback } from '../loopback.ts';
import { moderationContradictions, moderationOf } from '../moderation/setting.ts';
import { signInContradictions, signInOf } from '../sign-in/settings.ts';
import { variables } from './variables.ts';

export { isLoopback } from '../loopback.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type RelayConfig = ReturnType<typeof loadConfig>;
export type SignInConfig = NonNullable<RelayConfig['signIn']>;

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
    /** Names by which browsers reach it; null: any. */
    hosts:
      it.RELAY_HOSTS?.map((each) => each.toLowerCase()) ?? (it.PUBLIC_URL ? [new URL(it.PUBLIC_URL).hostname] : null),
    maxConnections: it.MAX_CONNECTIONS,
    /** Behind a proxy all come from it. */
    maxConnectionsPerAddress: it.TRUST_PROXY > 0 ? it.MAX_CONNECTIONS : it.MAX_CONNECTIONS_PER_ADDRESS,
    dataDir: it.RELAY_DATA_DIR,
    /** Null: metrics are for this machine alone. */
    metricsToken: it.METRICS_TOKEN ?? null,
    /** Null: the local engine answers. */
    key: it.OPENAI_API_KEY ?? null,
    /** Without a slash at the end. */
    baseUrl: it.REALTIME_BASE_URL,
    /** How the provider wants its key; null: as is known of it. */
    keyHeader: it.REALTIME_KEY_HEADER ?? null,
    /** What the provider has, best first. */
    transports: it.REALTIME_TRANSPORTS,
    tokenTtlS: it.TOKEN_TTL_S,
    /** Null: as is known of the provider. */
    freeWhileIdle: it.REALTIME_FREE_WHILE_IDLE ?? null,
    negotiatedChannel: it.REALTIME_NEGOTIATED_CHANNEL ?? null,
    /** The relay opens WebRTC calls itself. */
    calls: it.REALTIME_CALLS,
    /** It listens to them; null: as is known of the provider. */
    sideband: it.REALTIME_SIDEBAND ?? null,
    /** Browsers may call the provider by themselves, unseen. */
    direct: it.REALTIME_DIRECT ?? (!limitsUse(rulesOf(it)) && it.MODERATION === undefined),
    /** Who looks at what is said, with the key for it; null: nobody. */
    moderation: moderationOf(it),
    /** Instead of the list prices, by model. */
    prices: it.REALTIME_PRICES ?? {},
    /** WebSockets through the relay that one device may have open at once. */
    socketsPerDevice: it.SOCKETS_PER_DEVICE,
    session: {
      model: it.REALTIME_MODEL,
      models: [...new Set([it.REALTIME_MODEL, ...it.REALTIME_MODELS])],
      modelNames: new Map(it.REALTIME_MODEL_MAP.map((pair) => pair.split('=', 2) as [string, string])),
      voice: it.REALTIME_VOICE,
      voices: [...new Set([it.REALTIME_VOICE, ...it.REALTIME_VOICES])],
      transcriptionModel: it.REALTIME_TRANSCRIPTION_MODEL === 'off' ? null : it.REALTIME_TRANSCRIPTION_MODEL,
      instructions: it.REALTIME_INSTRUCTIONS ?? null,
      organisationInstructions: it.ORGANISATION_INSTRUCTIONS,
      glossary: it.ORGANISATION_GLOSSARY,
    },
    limits: {
      tokenPerMinute: it.RATE_TOKEN_PER_MINUTE,
      tokenPerHour: it.RATE_TOKEN_PER_HOUR,
      addressPerMinute: it.RATE_ADDRESS_PER_MINUTE,
      failedAuthPerMinute: it.RATE_FAILED_AUTH_PER_MINUTE,
      failedAuthBlockS: it.RATE_FAILED_AUTH_BLOCK_S,
      globalPerMinute: it.RATE_GLOBAL_PER_MINUTE,
      rules: rulesOf(it),
    },
    /** The store that relays share; null: this one counts for itself. */
    redisUrl: it.REDIS_URL ?? null,
    signIn: signInOf(it),
  };
}

type Limited = Pick<z.infer<typeof variables>, 'LIMIT_DEVICE' | 'LIMIT_PERSON' | 'LIMIT_ADDRESS' | 'LIMIT_ALL'>;

function rulesOf({ LIMIT_DEVICE, LIMIT_PERSON, LIMIT_ADDRESS, LIMIT_ALL }: Limited): Rules {
  return { device: LIMIT_DEVICE, person: LIMIT_PERSON, address: LIMIT_ADDRESS, all: LIMIT_ALL };
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
  const limits = ['LIMIT_DEVICE', 'LIMIT_PERSON', 'LIMIT_ADDRESS', 'LIMIT_ALL'].map((each) => env[each] ?? '');
  const limited = /\b(?:minutes|usd)\//.test(limits.join(' '));
  if (limited && env.REALTIME_TRANSPORTS !== undefined && !/\brelay\b/.test(env.REALTIME_TRANSPORTS)) {
    errors.push(
      'REALTIME_TRANSPORTS: needs relay, because where minutes or dollars are limited a grant leads through it',
    );
  }
  if (env.REALTIME_DIRECT === '1' && limited) {
    errors.push(
      'REALTIME_DIRECT: a browser that calls the provider by itself is not seen, and limits of minutes or dollars could ' +
        'not hold. Set REALTIME_DIRECT=0, or limit requests and calls only',
    );
  }
  return [...errors, ...moderationContradictions(env), ...signInContradictions(env)];
}

function withoutEmpty(environment: Environment): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [key, value] of Object.entries(environment)) {
    const text = value?.trim();
    if (text !== undefined && text !== '') env[key] = text;
  }
  return env;
}
