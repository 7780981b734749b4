/**
 * The relay put together: what it is on any runtime, out of what the edge brings. It knows no Node.
 */
import packageJson from '../package.json' with { type: 'json' };
import { createRelayApp, type RelayParts } from './app.ts';
import { CallBook, type Watch } from './calls/call-book.ts';
import { Caps } from './caps/caps.ts';
import type { Ledger } from './caps/ledger.ts';
import type { RelayConfig } from './settings/config.ts';
import type { Devices } from './devices.ts';
import { createLimits, type MakeCounter } from './limits.ts';
import { errorFields, type Log } from './log/log.ts';
import { isLoopback } from './loopback.ts';
import { createMetrics } from './metrics/metrics.ts';
import { createHook } from './moderation/hook.ts';
import { Moderation } from './moderation/moderation.ts';
import type { Post } from './upstream/post.ts';
import { localPolicy, pricesFor, rulesFor } from './policy.ts';
import type { IdentityProvider } from './sign-in/identity.ts';
import type { Database } from './sqlite/sql.ts';
import { sqliteRunning } from './sqlite/running.ts';
import { sqliteUsage } from './sqlite/usage.ts';
import { transportsOf } from './transports.ts';
import { createUpstream, type UpstreamAddress } from './upstream/upstream.ts';

export interface Edge {
  config: RelayConfig;
  devices: Devices;
  log: Log;
  /** What calls use, and which run, is written here. */
  database: Database;
  counting: { ledger: Ledger; makeCounter: MakeCounter };
  source: UpstreamAddress;
  post: Post;
  /** Where people sign in; null where they do not. */
  identities: IdentityProvider | null;
  /** How calls are listened to; null where that cannot be done. */
  watch: Watch | null;
  /** Null: the edge looks after calls by `calls.look()`. */
  everyMs?: null;
  isStopping(): boolean;
  addressOf: RelayParts['addressOf'];
}

export function assemble(edge: Edge) {
  const { config, devices, log, database, counting, source, watch, addressOf } = edge;
  const { session } = config;
  const { provider } = source;
  const metrics = createMetrics();
  const upstream = metrics.upstream(createUpstream({ ...source, tokenTtlS: config.tokenTtlS, post: edge.post }));
  const moderation =
    config.moderation === null
      ? null
      : new Moderation({
          ask: createHook({ ...config.moderation, post: edge.post }),
          safetyIdentifier: (personId) => devices.safetyIdentifier({ personId }),
          log,
          count: metrics.moderated,
        });
  const meters = {
    caps: new Caps(rulesFor(provider, config), counting.ledger),
    usage: metrics.usage(sqliteUsage(database)),
    now: () => Date.now(),
    mayCall: (device: string) => devices.team.hasDevice(device),
    onFail: (error: unknown) => log.error('usage', errorFields(error)),
    prices: pricesFor(provider, config),
    transcriptionModel: provider === 'local' ? null : session.transcriptionModel,
    moderation,
  };
  const calls = new CallBook({
    ...meters,
    running: sqliteRunning(database),
    watch,
    hangUp: async (callId, { person }) =>
      upstream.hangUp(callId, { safetyIdentifier: await devices.safetyIdentifier({ personId: person }) }),
    log,
    ...(edge.everyMs === undefined ? {} : { everyMs: edge.everyMs }),
  });
  const shared = {
    ...meters,
    countRequest: metrics.request,
    devices,
    log,
    limits: createLimits(config.limits, counting.makeCounter),
    origins: config.origins,
    hosts: config.hosts,
    // Behind a proxy the Host is the proxy's name.
    loopbackOnly: isLoopback(config.host) && config.trustedHops === 0,
  };
  const known = provider === 'openai' || provider === 'local';
  const negotiated = config.negotiatedChannel ?? known;
  const app = createRelayApp({
    ...shared,
    policy: provider === 'local' ? localPolicy(session) : session,
    upstream,
    signIn:
      edge.identities === null || config.signIn === null
        ? null
        : { ...config.signIn, provider: edge.identities, extensionIds: config.extensionIds },
    running: calls,
    provider,
    direct: config.direct,
    freeWhileIdle: config.freeWhileIdle ?? known,
    // Where what is said is looked at, no call begins that nobody hears.
    calls: config.calls && (moderation === null || watch !== null),
    negotiated,
    transports: transportsOf(source.baseUrl, negotiated, config.transports),
    version: packageJson.version,
    registry: metrics.registry,
    metricsToken: config.metricsToken,
    checks: {
      people: async () => void (await devices.team.salt()),
      limits: () => counting.ledger.ready(),
      running: async () => {
        if (edge.isStopping()) throw new Error('It stops.');
      },
    },
    addressOf,
  });
  return { app, calls, shared, registry: metrics.registry };
}
