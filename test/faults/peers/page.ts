/**
 * OpenAI's Agents SDK as it is published, in a page, with the least that its documentation leaves to the application. It is
 * bundled for the browser; nothing of it knows what will happen to it.
 */
import { OpenAIRealtimeWebRTC, RealtimeAgent, RealtimeSession } from '@openai/agents-realtime';

export interface PeerSeen {
  /** Unix milliseconds. */
  at: number;
  /** `answer`: one is complete. `told`: the application hears that something is wrong. */
  what: 'answer' | 'told';
}

declare global {
  interface Window {
    /** `baseUrl` is the engine's, with `/v1`; `key` an ephemeral one. Resolves when it is connected. */
    startAgents(baseUrl: string, key: string): Promise<void>;
    /** False: it takes none any more. */
    typeToAgents(text: string): boolean;
    agentsSeen: PeerSeen[];
  }
}

window.agentsSeen = [];
const note = (what: PeerSeen['what']) => void window.agentsSeen.push({ at: Date.now(), what });

window.startAgents = async (baseUrl, key) => {
  const audioElement = document.body.appendChild(document.createElement('audio'));
  const transport = new OpenAIRealtimeWebRTC({ baseUrl: `${baseUrl}/realtime/calls`, audioElement });
  const session = new RealtimeSession(new RealtimeAgent({ name: 'Guide' }), { transport });
  session.on('error', () => note('told'));
  transport.on('connection_change', (status) => status === 'disconnected' && note('told'));
  transport.on('turn_done', () => note('answer'));
  await session.connect({ apiKey: key });
  window.typeToAgents = (text) => {
    try {
      session.sendMessage(text);
      return true;
    } catch {
      return false;
    }
  };
};
