import type { TransportOffer } from '../lib/protocol/grant.ts';

/** Where a WebSocket through the relay is opened (server.ts). */
export const socketPath = '/v1/realtime';

const allKinds = ['webrtc', 'websocket', 'relay'];

/**
 * The ways to a provider, best first. The model is part of a socket's address, so the list is made for each grant.
 * `negotiated`: the provider takes `?dcid=`. `kinds`: those that it has.
 */
export function transportsOf(
  baseUrl: string,
  negotiated: boolean,
  kinds: readonly string[] = allKinds,
): (model: string) => TransportOffer[] {
  const socket = `${baseUrl.replace(/^http/, 'ws')}/realtime`;
  return (model) => {
    const query = `?model=${encodeURIComponent(model)}`;
    const offers = [
      { kind: 'webrtc', url: `${baseUrl}/realtime/calls`, ...(negotiated ? { negotiated } : {}) },
      { kind: 'websocket', url: `${socket}${query}` },
      { kind: 'relay', url: `${socketPath}${query}` },
    ];
    return offers.filter(({ kind }) => kinds.includes(kind));
  };
}
