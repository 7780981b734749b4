/** The kinds of line that Parley has, by the name a grant uses for them. */
import type { Ways } from './transport.ts';
import { webRtc } from './webrtc.ts';
import { relaySocket, webSocket } from './websocket.ts';

/** `workletUrl`: the worklets that a line needs which carries sound by itself. */
export function createWays(workletUrl: string): Ways {
  return { webrtc: webRtc, websocket: webSocket(workletUrl), relay: relaySocket(workletUrl) };
}
