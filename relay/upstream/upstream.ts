/** What the provider is asked for. OpenAI, a compatible provider and the local engine are the same to it. */
import type { SessionConfig } from '../session/session-config.ts';
import { createAsk, type AskFor, type AskOptions } from './ask.ts';
import { callQuestion, readCalled, type Called, type Offer } from './call.ts';
import { hangUpQuestion, readHungUp } from './hangup.ts';
import { mintQuestion, readMinted, type Minted } from './mint.ts';

export type { UpstreamAddress } from './ask.ts';

export interface Upstream {
  mint(session: SessionConfig, askFor: AskFor): Promise<Minted>;
  call(session: SessionConfig, offer: Offer, askFor: AskFor): Promise<Called>;
  hangUp(callId: string, askFor: AskFor): Promise<void>;
}

export interface UpstreamOptions extends AskOptions {
  tokenTtlS: number;
}

/** All throw a `Refusal`. */
export function createUpstream(options: UpstreamOptions): Upstream {
  const ask = createAsk(options);
  return {
    mint: async (session, askFor) => readMinted(await ask(mintQuestion(session, options.tokenTtlS), askFor)),
    call: async (session, offer, askFor) => readCalled(await ask(callQuestion(session, offer), askFor)),
    hangUp: async (callId, askFor) => readHungUp(await ask(hangUpQuestion(callId), askFor)),
  };
}
