/** `@openai/agents-realtime` over WebSocket, in Node. */
import { OpenAIRealtimeWebSocket, RealtimeAgent, RealtimeSession, tool } from '@openai/agents-realtime';
import { describe } from 'vitest';
import { z } from 'zod';
import type { HistoryItem, ServerEvent, Wish } from '../../support/official-call.ts';
import { SocketCall } from '../../support/official-clients-socket.ts';
import { finishesEverything } from '../../support/official-clients.ts';

class AgentsSocketCall extends SocketCall {
  readonly #session: RealtimeSession;

  constructor(session: RealtimeSession) {
    super();
    this.#session = session;
    session.on('transport_event', (event) => this.took(event));
    session.on('audio', ({ data }) => this.hears(data));
    session.on('error', ({ error }) => {
      // The server's event, or something of the SDK's own.
      this.erred((error as { error?: never }).error ?? ({ message: String(error) } as never));
    });
  }

  async types(text: string): Promise<void> {
    this.#session.sendMessage(text);
  }

  async interrupt(): Promise<void> {
    this.#session.interrupt();
  }

  async send(event: ServerEvent): Promise<void> {
    this.#session.transport.sendEvent(event);
  }

  async history(): Promise<HistoryItem[]> {
    return this.#session.history;
  }

  async close(): Promise<void> {
    this.#session.close();
  }

  protected append(samples: Int16Array<ArrayBuffer>): void {
    this.#session.sendAudio(samples.buffer);
  }
}

describe('The agents SDK over WebSocket finishes', () => {
  finishesEverything({
    connect: async ({ baseUrl, key }, { key: given = key, answers, toolOutput }: Wish) => {
      const url = `${baseUrl.replace(/^http/, 'ws')}/realtime?model=gpt-realtime-2.1`;
      const readPage = tool({
        name: 'read_page',
        description: 'Reads the page in view.',
        parameters: z.object({}),
        execute: async () => toolOutput,
      });
      const agent = new RealtimeAgent({
        name: 'Reader',
        instructions: 'Answer from the page.',
        tools: toolOutput === undefined ? [] : [readPage],
      });
      const session = new RealtimeSession(agent, {
        transport: new OpenAIRealtimeWebSocket({ url, useInsecureApiKey: true }),
        config: { outputModalities: [answers ?? 'audio'] },
      });
      const call = new AgentsSocketCall(session);
      await session.connect({ apiKey: given });
      // It is connected as soon as its configuration is on its way.
      await call.until(
        () => call.errors.length > 0 || call.order().includes('session.updated'),
        () => 'the session or a refusal',
      );
      if (call.errors[0]) throw new Error(call.errors[0].message);
      return call;
    },
  });
});
