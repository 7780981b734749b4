import type { TransportOffer } from '../lib/protocol/grant.ts';

/** Where a WebSocket through the relay is opened (server.ts). */
export const socketPath = '/v1/realtime';

/**
 * The ways to a provider, best first. The model is part of a socket's address, so the list is made for each grant.
 * `negotiated`: the provider takes `?dcid=`.
 */
export function transportsOf(baseUrl: string, negotiated: boolean): (model: string) => TransportOffer[] {
  const socket = `${baseUrl.replace(/^http/, 'ws')}/realtime`;
  return (model) => {
    const query = `?model=${encodeURIComponent(model)}`;
    return [
      { kind: 'webrtc', url: `${baseUrl}/realtime/calls`, ...(negotiated ? { negotiated } : {}) },
      { kind: 'websocket', url: `${socket}${query}` },
      { kind: 'relay', url: `${socketPath}${query}` },
    ];
  };
}
