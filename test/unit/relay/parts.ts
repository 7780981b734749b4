/** A relay app with everything replaceable, and the requests the extension sends to it. */
import { createRelayApp, type RelayParts } from '../../../relay/app.ts';
import { loadConfig } from '../../../relay/config.ts';
import { createDevices, memoryStore } from '../../../relay/devices.ts';
import { createLimits, type LimitNumbers } from '../../../relay/limits.ts';
import { createLog } from '../../../relay/log.ts';
import type { SessionConfig } from '../../../relay/session-config.ts';
import { transportsOf } from '../../../relay/transports.ts';
import { extensionId } from '../../../lib/protocol/identity.ts';

export const origin = `chrome-extension://${extensionId}`;
export const tokenPath = '/v1/realtime/token';

export const generous: LimitNumbers = {
  tokenPerMinute: 1000,
  tokenPerHour: 1000,
  addressPerMinute: 1000,
  failedAuthPerMinute: 1000,
  failedAuthBlockS: 900,
  globalPerMinute: 1000,
};

export async function relay(changes: Partial<RelayParts> = {}) {
  const lines: string[] = [];
  const sessions: SessionConfig[] = [];
  const config = loadConfig({});
  const devices = createDevices(memoryStore());
  const { token } = await devices.add('test');
  const app = createRelayApp({
    devices,
    limits: createLimits(generous),
    policy: config.session,
    origins: config.origins,
    loopbackOnly: true,
    provider: 'openai',
    freeWhileIdle: true,
    transports: transportsOf('https://api.openai.com/v1', true),
    version: '1.2.3',
    addressOf: () => '192.0.2.77',
    log: createLog({ write: (line) => lines.push(line) }),
    upstream: {
      mint(session) {
        sessions.push(session);
        return Promise.resolve({ value: 'ek_minted', expiresAt: 1_790_000_000, model: undefined, voice: undefined });
      },
    },
    ...changes,
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
  return { app, send, ask, token, lines, sessions, devices };
}

export async function errorOf(response: Response): Promise<{ code: string; message: string; param: string | null }> {
  const { error } = (await response.json()) as { error: { code: string; message: string; param: string | null } };
  return error;
}
