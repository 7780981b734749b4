/** The transports that Parley has, by the name a grant uses for them. */
import { createWebSocketTransport } from './websocket.ts';
import type { Connect } from './transport.ts';
import { connectWebRtc } from './webrtc.ts';

export type Transports = Record<string, Connect>;

/** `workletUrl`: the worklets that a line needs which carries sound by itself. */
export function createTransports(workletUrl: string): Transports {
  return { webrtc: connectWebRtc, websocket: createWebSocketTransport(workletUrl) };
}
