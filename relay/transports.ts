import type { TransportOffer } from '../lib/protocol/grant.ts';

/** The ways to a provider, best first. The model is part of a socket's address, so the list is made for each grant. */
export function transportsOf(baseUrl: string): (model: string) => TransportOffer[] {
  const socket = `${baseUrl.replace(/^http/, 'ws')}/realtime`;
  return (model) => [
    { kind: 'webrtc', url: `${baseUrl}/realtime/calls` },
    { kind: 'websocket', url: `${socket}?model=${encodeURIComponent(model)}` },
  ];
}
