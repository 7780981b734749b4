/**
 * The relay on Cloudflare Workers: one Durable Object is the relay, with people, limits and calls in its own storage. No
 * sockets and no listening there, so it holds how often and how many at once, and no minutes or dollars (`README.md`).
 */
import { assemble } from '../assemble.ts';
import { CliError, listDevices, pair, revoke, showUsage, users, type Command } from '../cli/commands.ts';
import { ConfigError, loadConfig } from '../settings/config.ts';
import { createDevices } from '../devices.ts';
import { createLog } from '../log/log.ts';
import { configuredUpstream } from '../policy.ts';
import { sqliteCounters } from '../sqlite/counter.ts';
import { sqliteLedger } from '../sqlite/ledger.ts';
import { sqliteTeam } from '../sqlite/team.ts';
import { sqliteUsage } from '../sqlite/usage.ts';
import { sameText } from '../team/secrets.ts';
import { objectDatabase, type ObjectStorage } from './object-database.ts';
import { fetchPost } from './post.ts';

/** How long a call may go unlooked at. */
const lookEveryMs = 30_000;

const commands: Readonly<Record<string, Command>> = { users, devices: listDevices, pair, revoke, usage: showUsage };

export type Settings = Readonly<Record<string, unknown>>;

export class Relay {
  readonly #storage: ObjectStorage;
  readonly #parts: ReturnType<typeof put>;
  readonly #settings: Settings;

  constructor({ storage }: { storage: ObjectStorage }, settings: Settings) {
    this.#storage = storage;
    this.#settings = settings;
    this.#parts = put(storage, settings);
  }

  async fetch(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const answer = await (pathname === '/admin' ? this.#command(request) : this.#parts.app.fetch(request));
    if (this.#parts.calls.size > 0 && (await this.#storage.getAlarm()) === null) await this.#wakeLater();
    return answer;
  }

  /** The platform calls it, also after the object was put to sleep: calls that ran are found in the storage. */
  async alarm(): Promise<void> {
    await this.#parts.calls.look();
    if (this.#parts.calls.size > 0) await this.#wakeLater();
  }

  #wakeLater(): Promise<void> {
    return this.#storage.setAlarm(Date.now() + lookEveryMs);
  }

  /** What the command line is elsewhere: `curl -H "Authorization: Bearer $ADMIN_TOKEN" ADDRESS/admin -d 'pair ana'`. */
  async #command(request: Request): Promise<Response> {
    const { ADMIN_TOKEN: token } = this.#settings;
    const shown = request.headers.get('authorization') ?? '';
    const isAdmin = typeof token === 'string' && token.length >= 20 && sameText(shown, `Bearer ${token}`);
    if (request.method !== 'POST' || !isAdmin) return new Response('Not found\n', { status: 404 });
    const [name = '', ...args] = (await request.text()).slice(0, 200).trim().split(/\s+/);
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command) return new Response(`Say: ${Object.keys(commands).join(', ')}\n`, { status: 400 });
    const { devices, usage, config, log } = this.#parts;
    try {
      const url = config.publicUrl ?? new URL(request.url).origin;
      const text = await command(args, { devices, usage, url, extensionIds: config.extensionIds });
      log.info('admin', { message: [name, ...args].join(' ') });
      return new Response(text);
    } catch (error) {
      if (error instanceof CliError) return new Response(`${error.message}\n`, { status: 400 });
      throw error;
    }
  }
}

function put(storage: ObjectStorage, settings: Settings) {
  const words = Object.entries(settings).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  if (words.some(([name, value]) => name.startsWith('LIMIT_') && /\b(?:minutes|usd)\//.test(value))) {
    throw new ConfigError(['LIMIT_…: nobody listens to calls here, so only requests and calls can be limited']);
  }
  if (settings.MODERATION) throw new ConfigError(['MODERATION: nobody listens to calls here, so drop it']);
  // TLS ends at the platform, whose header has the client's address; a grant's secret is not seen after it is given.
  const fixed = { HOST: '0.0.0.0', TRUST_PROXY: '1', REALTIME_DIRECT: '1', REALTIME_TRANSPORTS: 'webrtc,websocket' };
  const config = loadConfig({ ...Object.fromEntries(words), ...fixed });
  if (config.key === null) throw new Error('OPENAI_API_KEY: is needed; the local engine does not run here');
  if (config.signIn !== null) {
    throw new ConfigError(['OIDC_ISSUER: people sign in at a relay on Node only; pair them by /admin']);
  }
  const database = objectDatabase(storage);
  const devices = createDevices(sqliteTeam(database));
  const usage = sqliteUsage(database);
  const log = createLog({ write: (line) => console.log(line) });
  const assembled = assemble({
    config,
    devices,
    log,
    database,
    counting: { ledger: sqliteLedger(database), makeCounter: sqliteCounters(database) },
    source: configuredUpstream(config, config.key),
    post: fetchPost,
    identities: null,
    watch: null,
    everyMs: null,
    isStopping: () => false,
    addressOf: (c) => c.req.header('cf-connecting-ip') ?? '',
  });
  return { ...assembled, config, devices, usage, log };
}

/** One object for all: limits are exact because everything that counts goes through it. */
export default {
  fetch(request: Request, { RELAY }: { RELAY: ObjectNamespace }): Promise<Response> {
    return RELAY.get(RELAY.idFromName('relay')).fetch(request);
  },
};

interface ObjectNamespace {
  idFromName(name: string): unknown;
  get(id: unknown): { fetch(request: Request): Promise<Response> };
}
