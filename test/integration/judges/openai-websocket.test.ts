/** `openai/realtime/ws`, in Node. */
import { connect as openConnection } from 'node:net';
import OpenAI from 'openai';
import { OpenAIRealtimeWS } from 'openai/realtime/ws';
import { describe } from 'vitest';
import type { HistoryItem, ServerEvent, Wish } from '../../support/official-call.ts';
import { SocketCall } from '../../support/official-clients-socket.ts';
import { finishesEverything, sessionFor } from '../../support/official-clients.ts';

class OpenaiSocketCall extends SocketCall {
  readonly #client: OpenAIRealtimeWS;
  /** The answer whose sound came last: its item, and when (performance.now) and after how much of all its sound began. */
  #playing: { itemId: string; since: number; heardMs: number } | null = null;
  #active = false;

  constructor(client: OpenAIRealtimeWS, toolOutput: string | undefined) {
    super();
    this.#client = client;
    client.on('error', ({ message, error }) => {
      this.erred({ code: null, message, param: null, event_id: null, ...error } as never);
    });
    client.on('event', (event) => this.took(event));
    client.on('response.created', () => {
      this.#active = true;
    });
    client.on('response.done', ({ response }) => {
      this.#active = false;
      if (response.output?.some(({ type }) => type === 'function_call')) client.send({ type: 'response.create' });
    });
    client.on('response.output_audio.delta', ({ delta, item_id: itemId }) => {
      if (this.#playing?.itemId !== itemId) {
        this.#playing = { itemId, since: performance.now(), heardMs: this.heardMs };
      }
      this.hears(Uint8Array.from(Buffer.from(delta, 'base64')).buffer);
    });
    client.on('response.output_item.done', ({ item }) => {
      if (item.type !== 'function_call') return;
      const output = { type: 'function_call_output' as const, call_id: item.call_id ?? '', output: toolOutput ?? '' };
      client.send({ type: 'conversation.item.create', item: output });
    });
    client.on('input_audio_buffer.speech_started', () => this.#truncate());
  }

  async types(text: string): Promise<void> {
    const item = { type: 'message' as const, role: 'user' as const, content: [{ type: 'input_text' as const, text }] };
    this.#client.send({ type: 'conversation.item.create', item });
    this.#client.send({ type: 'response.create' });
  }

  async interrupt(): Promise<void> {
    if (this.#active) this.#client.send({ type: 'response.cancel' });
    this.#truncate();
  }

  async send(event: ServerEvent): Promise<void> {
    this.#client.send(event as never);
  }

  async history(): Promise<HistoryItem[] | null> {
    return null;
  }

  async close(): Promise<void> {
    this.#client.close();
  }

  protected append(samples: Int16Array<ArrayBuffer>): void {
    this.#client.send({ type: 'input_audio_buffer.append', audio: Buffer.from(samples.buffer).toString('base64') });
  }

  /** The server cannot know what was played: it is told, as if all sound were played as it came. */
  #truncate(): void {
    if (!this.#playing) return;
    const { itemId, since, heardMs } = this.#playing;
    this.#playing = null;
    const playedMs = Math.floor(Math.min(performance.now() - since, this.heardMs - heardMs));
    this.#client.send({
      type: 'conversation.item.truncate',
      item_id: itemId,
      content_index: 0,
      audio_end_ms: playedMs,
    });
  }
}

describe('The openai client over WebSocket finishes', () => {
  finishesEverything({
    connect: async ({ baseUrl, key }, wish: Wish) => {
      const client = new OpenAIRealtimeWS(
        {
          model: 'gpt-realtime-2.1',
          // It insists on wss: under that name, a plain connection.
          options: { createConnection: ({ port }: { port: number }) => openConnection({ host: '127.0.0.1', port }) },
        } as never,
        new OpenAI({ apiKey: wish.key ?? key, baseURL: baseUrl }),
      );
      const call = new OpenaiSocketCall(client, wish.toolOutput);
      await call.until(
        () => call.events.length > 0 || call.errors.length > 0,
        () => 'the session or a refusal',
      );
      if (call.errors[0]) throw new Error(call.errors[0].message);
      await call.send({ type: 'session.update', session: sessionFor(wish) });
      await call.event('session.updated');
      return call;
    },
  });
});
