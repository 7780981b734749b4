/** A relay app with everything replaceable, and the requests the extension sends to it. */
import { createRelayApp, type RelayParts } from '../../../relay/app.ts';
import { Caps } from '../../../relay/caps/caps.ts';
import { noRules } from '../../../relay/caps/rules.ts';
import { loadConfig } from '../../../relay/settings/config.ts';
import { createDevices, memoryStore } from '../../../relay/devices.ts';
import { createLimits, type LimitNumbers } from '../../../relay/limits.ts';
import { createLog } from '../../../relay/log/log.ts';
import { createMetrics } from '../../../relay/metrics/metrics.ts';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteLedger } from '../../../relay/sqlite/ledger.ts';
import type { SessionConfig } from '../../../relay/session/session-config.ts';
import { callsPath } from '../../../relay/routes/calls.ts';
import { transportsOf } from '../../../relay/transports.ts';
import type { Upstream } from '../../../relay/upstream/upstream.ts';
import type { Offer } from '../../../relay/upstream/call.ts';
import { extensionId } from '../../../lib/protocol/identity.ts';

export const origin = `chrome-extension://${extensionId}`;
export const tokenPath = '/v1/realtime/token';
export const offerSdp = 'v=0\r\no=- 1 2 IN IP4 127.0.0.1\r\ns=-\r\n';

export const generous: LimitNumbers = {
  tokenPerMinute: 1000,
  tokenPerHour: 1000,
  addressPerMinute: 1000,
  failedAuthPerMinute: 1000,
  failedAuthBlockS: 900,
  globalPerMinute: 1000,
};

export async function relay(changes: Omit<Partial<RelayParts>, 'upstream'> & { upstream?: Partial<Upstream> } = {}) {
  const lines: string[] = [];
  const sessions: SessionConfig[] = [];
  const offers: Offer[] = [];
  const config = loadConfig({});
  const metrics = createMetrics();
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const app = createRelayApp({
    devices,
    limits: createLimits(generous),
    caps: new Caps(noRules, sqliteLedger(memoryDatabase())),
    policy: config.session,
    moderation: null,
    origins: config.origins,
    loopbackOnly: true,
    hosts: null,
    provider: 'openai',
    signIn: null,
    freeWhileIdle: true,
    calls: true,
    negotiated: true,
    direct: true,
    running: { opened: async () => {}, hangUp: async () => false, endedFor: () => null },
    usage: { record: async () => {}, report: async () => [] },
    transports: transportsOf('https://api.openai.com/v1', true),
    version: '1.2.3',
    countRequest: metrics.request,
    registry: metrics.registry,
    metricsToken: null,
    checks: {},
    addressOf: () => '192.0.2.77',
    log: createLog({ write: (line) => lines.push(line) }),
    ...changes,
    upstream: {
      mint(session) {
        sessions.push(session);
        return Promise.resolve({ value: 'ek_minted', expiresAt: 1_790_000_000, model: undefined, voice: undefined });
      },
      call(session, offer) {
        sessions.push(session);
        offers.push(offer);
        return Promise.resolve({ sdp: 'v=0\r\nanswer\r\n', callId: 'rtc_1' });
      },
      hangUp: () => Promise.resolve(),
      ...changes.upstream,
    },
  });

  const send = (path: string, init: RequestInit & { headers?: Record<string, string> } = {}) =>
    app.request(`http://127.0.0.1:8787${path}`, { ...init, headers: { host: '127.0.0.1:8787', ...init.headers } });

  /** As the extension asks; `headers` replace or (when empty) remove its own. */
  const ask = (wishes: unknown = {}, headers: Record<string, string> = {}) => {
    const all: Record<string, string> = {
      origin,
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      ...headers,
    };
    for (const [name, value] of Object.entries(all)) if (value === '') delete all[name];
    return send(tokenPath, {
      method: 'POST',
      headers: all,
      body: typeof wishes === 'string' ? wishes : JSON.stringify(wishes),
    });
  };
  /** Opens a call as the extension does: all in the body, and nothing that a browser would ask about beforehand. */
  const dial = (asked: Record<string, unknown> | string = {}, headers: Record<string, string> = {}) => {
    const all: Record<string, string> = { origin, 'content-type': 'text/plain;charset=UTF-8', ...headers };
    for (const [name, value] of Object.entries(all)) if (value === '') delete all[name];
    const body =
      typeof asked === 'string' ? asked : JSON.stringify({ deviceToken: token, sdp: offerSdp, wishes: {}, ...asked });
    return send(callsPath, { method: 'POST', headers: all, body });
  };
  const me = () => send('/v1/me', { headers: { origin, authorization: `Bearer ${token}` } });
  return { app, me, send, ask, dial, token, lines, sessions, offers, devices };
}

export async function errorOf(response: Response): Promise<{ code: string; message: string; param: string | null }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; param: string | null } };
  return error;
}
