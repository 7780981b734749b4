/** A session whose line remembers what was sent, and a provider's side to speak from. */
import type { News } from '../../../lib/session/news.ts';
import { Session } from '../../../lib/session/session.ts';
import type { Transport } from '../../../lib/transport/transport.ts';

export function onTheLine() {
  const sent: { type: string; [key: string]: unknown }[] = [];
  const news: News[] = [];
  const log: string[] = [];
  const transport: Transport = {
    carriesTrack: true,
    backlog: 0,
    send: (text) => void sent.push(JSON.parse(text)),
    setTrack: () => Promise.resolve(),
    close: () => undefined,
  };
  const session = new Session({
    grant: () => Promise.reject(new Error('not asked')),
    byRelay: null,
    relay: { relayUrl: '', deviceToken: '' },
    ways: {},
    only: null,
    typed: false,
    news: (value) => void news.push(value),
    voice: () => undefined,
    log: (line) => void log.push(line),
    signal: new AbortController().signal,
  });
  session.attach({ transport, kind: 'webrtc', reason: null, provider: 'p', model: 'm' });
  let count = 0;
  const server = (event: object) => session.receive(JSON.stringify({ event_id: `e${(count += 1)}`, ...event }));
  const types = () => sent.map(({ type }) => type);
  return { session, server, sent, types, news, log };
}
