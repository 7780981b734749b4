/**
 * The world between a client and its servers, new for every round: new ports are new origins, so that no connection, no
 * preflight and no script is remembered from the round before. HTTP, WebSocket and UDP are all late by the same.
 */
import { UdpRelay, relayedAnswer } from '../../../../relay/local/faults/udp-relay.ts';
import { systemClock } from '../../../../relay/local/session/clock.ts';
import { openFront, type Answer } from './front.ts';
import { halves } from './halves.ts';

export interface Conditions {
  /** Added to the loopback's own, for everything alike. */
  rttMs: number;
  /** What the provider takes to mint a token, and to answer an offer or open a WebSocket. */
  tokenMs: number;
  answerMs: number;
  /** How fast a WebSocket brings what the provider sends; without it, as fast as it was sent. */
  socketBytesPerS?: number;
  /** Overrides what the grant says about a session that waits. */
  freeWhileIdle?: boolean;
}

export interface Ports {
  relay: number;
  engine: number;
  pages: number;
}

export interface Network {
  relayUrl: string;
  /** `http://127.0.0.1:PORT/v1` */
  providerUrl: string;
  /** Where the peers' pages are; `/token` there is their server's. */
  pagesUrl: string;
  /** Resolves when the relay has handed out a grant, since it began. */
  readonly granted: Promise<void>;
  /** Until now answers were not to be remembered; now they may be, and what is connected is broken. */
  begin(): void;
  /** Hangs up what is still connected. */
  close(): Promise<void>;
}

type Asked = { method: string; path: string };

const opensCall = ({ method, path }: Asked): boolean =>
  (method === 'GET' && path.startsWith('/v1/realtime')) || (method === 'POST' && path === '/v1/realtime/calls');

const tokenPaths = new Set(['/v1/realtime/token', '/token']);

export async function openNetwork(ports: Ports, key: string, conditions: Conditions): Promise<Network> {
  const { rttMs, tokenMs, answerMs } = conditions;
  const { upMs, downMs } = halves(rttMs);
  const udp: UdpRelay[] = [];
  const calls: string[] = [];
  let granted = Promise.withResolvers<void>();

  const pace = conditions.socketBytesPerS === undefined ? {} : { socketBytesPerS: conditions.socketBytesPerS };

  /** The answer with a port of ours in it. */
  const delayed = async (sdp: string): Promise<string> => {
    const when = ({ direction }: { direction: 'in' | 'out' }) => [direction === 'in' ? upMs : downMs];
    const { answer, relay } = await relayedAnswer(sdp, when, systemClock);
    udp.push(relay);
    return answer;
  };
  let known = false;
  const memory = ({ headers }: Answer): void => {
    if (!known) delete headers['access-control-max-age'];
  };

  const provider = await openFront({
    target: ports.engine,
    rttMs,
    ...pace,
    holdMs: ({ method, path }) => (path.startsWith('/v1/realtime') && method !== 'OPTIONS' ? answerMs : 0),
    change(answer) {
      const { headers, body } = answer;
      memory(answer);
      if (headers.location !== undefined) calls.push(headers.location);
      return headers['content-type']?.startsWith('application/sdp') ? delayed(body) : body;
    },
  });
  const holdToken = ({ method, path }: Asked) => (method !== 'OPTIONS' && tokenPaths.has(path) ? tokenMs : 0);
  const relay = await openFront({
    target: ports.relay,
    rttMs,
    ...pace,
    // A call or a WebSocket through the relay takes as long to open as one past it.
    holdMs: (asked) => (opensCall(asked) ? answerMs : holdToken(asked)),
    async change(answer) {
      memory(answer);
      const { method, path, status, body } = answer;
      if (method !== 'POST' || status >= 300) return body;
      if (path === '/v1/realtime/calls') {
        const opened = JSON.parse(body) as { sdp: string; callId: string | null };
        if (opened.callId !== null) calls.push(`/v1/realtime/calls/${opened.callId}`);
        return JSON.stringify({ ...opened, sdp: await delayed(opened.sdp) });
      }
      if (path !== '/v1/realtime/token') return body;
      granted.resolve();
      return grantFor(body, ports.engine, provider.port, conditions.freeWhileIdle);
    },
  });
  const pages = await openFront({ target: ports.pages, rttMs, holdMs: holdToken });

  return {
    relayUrl: `http://127.0.0.1:${relay.port}`,
    providerUrl: `http://127.0.0.1:${provider.port}/v1`,
    pagesUrl: `http://127.0.0.1:${pages.port}/`,
    get granted() {
      return granted.promise;
    },
    begin() {
      known = true;
      granted = Promise.withResolvers<void>();
      for (const front of [provider, relay, pages]) front.drop();
    },
    async close() {
      const hangUp = (path: string) =>
        fetch(`http://127.0.0.1:${ports.engine}${path}/hangup`, {
          method: 'POST',
          headers: { authorization: `Bearer ${key}` },
        });
      await Promise.allSettled(calls.map(hangUp));
      for (const each of udp) each.close();
      await Promise.all([provider.close(), relay.close(), pages.close()]);
    },
  };
}

/** The grant with this network's addresses in it. */
function grantFor(body: string, engine: number, front: number, freeWhileIdle?: boolean): string {
  const moved = body.replaceAll(`127.0.0.1:${engine}`, `127.0.0.1:${front}`);
  return freeWhileIdle === undefined ? moved : JSON.stringify({ ...JSON.parse(moved), freeWhileIdle });
}
