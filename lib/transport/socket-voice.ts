/**
 * The voice of a WebSocket line. Takes the sound out of the provider's events and has it played; says in WebRTC's own
 * events when it sounds; and does what a WebRTC server does by itself when the person talks over it: stops the sound and
 * tells the provider how much was heard.
 */
import { decodePcm } from '../audio/base64.ts';
import type { PcmLine } from '../audio/pcm-line.ts';

export interface SocketVoicePorts {
  /** One JSON text, as if the provider had sent it. */
  toSession(text: string): void;
  toProvider(text: string): void;
}

export class SocketVoice {
  readonly #line: Pick<PcmLine, 'play' | 'end' | 'clear'>;
  readonly #ports: SocketVoicePorts;
  /** The response whose sound is played or waits. */
  #responseId: string | null = null;
  /** Sound of an answer that was cut may still be on its way. */
  #cutResponseId: string | null = null;
  #sounding = false;

  constructor(line: Pick<PcmLine, 'play' | 'end' | 'clear'>, ports: SocketVoicePorts) {
    this.#line = line;
    this.#ports = ports;
  }

  receive(text: string): void {
    const event = parse(text);
    if (event?.type === 'response.output_audio.delta') return this.#play(event);
    this.#ports.toSession(text);
    if (event?.type === 'response.done' && event.response?.id === this.#responseId) this.#line.end();
    if (event?.type === 'input_audio_buffer.speech_started') void this.#cut();
  }

  /** True for a client event that means this voice and not the provider, which does not know it. */
  handles(text: string): boolean {
    if (parse(text)?.type !== 'output_audio_buffer.clear') return false;
    void this.#cut();
    return true;
  }

  started(): void {
    this.#sounding = true;
    this.#tell('started');
  }

  drained(): void {
    this.#sounding = false;
    this.#tell('stopped');
  }

  #play({ response_id: responseId, item_id: itemId, delta }: VoiceEvent): void {
    const samples = typeof delta === 'string' ? decodePcm(delta) : null;
    if (!samples || typeof responseId !== 'string' || typeof itemId !== 'string') return;
    if (responseId === this.#cutResponseId) return;
    this.#responseId = responseId;
    this.#line.play(itemId, samples);
  }

  async #cut(): Promise<void> {
    if (this.#responseId === null) return;
    this.#cutResponseId = this.#responseId;
    const played = await this.#line.clear();
    if (!this.#sounding || !played) return;
    this.#sounding = false;
    this.#tell('cleared');
    const { itemId, playedMs } = played;
    this.#ports.toProvider(
      JSON.stringify({
        type: 'conversation.item.truncate',
        item_id: itemId,
        content_index: 0,
        audio_end_ms: playedMs,
      }),
    );
  }

  #tell(what: 'started' | 'stopped' | 'cleared'): void {
    if (this.#responseId === null) return;
    this.#ports.toSession(JSON.stringify({ type: `output_audio_buffer.${what}`, response_id: this.#responseId }));
  }
}

interface VoiceEvent {
  type: string;
  response_id?: unknown;
  item_id?: unknown;
  delta?: unknown;
  response?: { id?: unknown };
}

/** What is not an event passes by untouched: the session judges it. */
function parse(text: string): VoiceEvent | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof (value as { type?: unknown } | null)?.type === 'string' ? (value as VoiceEvent) : null;
  } catch {
    return null;
  }
}
