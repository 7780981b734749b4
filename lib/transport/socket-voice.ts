/**
 * The voice of a WebSocket line. Takes the sound out of the provider's events and has it played; says in WebRTC's own
 * events when it sounds; and does what a WebRTC server does by itself when the answer is cut: stops the sound and tells the
 * provider how much was heard, before anything that is said afterwards.
 */
import { decodePcm } from '../audio/base64.ts';
import type { PcmVoice, PcmVoiceEvents } from '../audio/pcm-voice.ts';

export type Player = Pick<PcmVoice, 'play' | 'whole' | 'end' | 'clear' | 'close'>;

export interface SocketVoicePorts {
  /** Once, when an answer with sound is on its way: a typed conversation needs no player. */
  open(events: Pick<PcmVoiceEvents, 'started' | 'drained' | 'starved'>): Player;
  /** One JSON text, as if the provider had sent it. */
  toSession(text: string): void;
  toProvider(text: string): void;
}

/** No client event that is meant here is longer. */
const longestCommand = 256;
/**
 * What the browser holds between the player and the loudspeaker: 55 to 77 ms in Chromium. Who stops an answer by hand or
 * by talking hushes the loudspeaker first, and this much less is heard than was played.
 */
const onItsWayMs = 66;

export class SocketVoice {
  readonly #ports: SocketVoicePorts;
  #player: Player | null = null;
  /** The response that is being made. */
  #making: string | null = null;
  /** Sound of responses that were cut may still be on its way. */
  readonly #cut = new Set<string>();
  /** By the session's settings the person's voice stops the answer. */
  #interruptible = true;
  #starved = 0;
  /** Cuts of which the provider has still to hear; what the session says meanwhile waits. */
  #cutting = 0;
  #held: string[] = [];
  /** The end of a cut that has still to be told. */
  #ending: { timer: ReturnType<typeof setTimeout>; tell(): void } | null = null;

  constructor(ports: SocketVoicePorts) {
    this.#ports = ports;
  }

  /** How often it ran dry in the middle of an answer. */
  get starved(): number {
    return this.#starved;
  }

  receive(text: string): void {
    const event = parse(text);
    if (event?.type === 'response.output_audio.delta') return this.#play(event);
    this.#ports.toSession(text);
    if (event) this.#follow(event);
  }

  /** A client event. What means the voice alone stays here: the provider does not know it. */
  send(text: string): void {
    const type = text.length <= longestCommand ? parse(text)?.type : undefined;
    const clears = type === 'output_audio_buffer.clear';
    if (!clears) this.#pass(text);
    // What was made before a cancel has come already, and would be played to its end.
    if (clears || type === 'response.cancel') void this.#stop(onItsWayMs);
  }

  /** Harmless when repeated. */
  close(): void {
    clearTimeout(this.#ending?.timer);
    this.#player?.close();
  }

  #follow({ type, session, response, response_id: responseId }: VoiceEvent): void {
    if (type === 'session.created' || type === 'session.updated') {
      this.#interruptible = session?.audio?.input?.turn_detection?.interrupt_response !== false;
    } else if (type === 'response.created' && typeof response?.id === 'string') {
      this.#making = response.id;
      if (Array.isArray(response.output_modalities) && response.output_modalities.includes('audio')) this.#open();
    } else if (type === 'response.output_audio.done' && typeof responseId === 'string') {
      this.#player?.whole(responseId);
    } else if (type === 'response.done' && typeof response?.id === 'string') {
      if (this.#making === response.id) this.#making = null;
      this.#cut.delete(response.id);
      this.#player?.end(response.id);
    } else if (type === 'input_audio_buffer.speech_started' && this.#interruptible) void this.#stop(0);
  }

  #open(): Player {
    return (this.#player ??= this.#ports.open({
      started: (responseId) => {
        this.#ending?.tell();
        this.#tell('started', responseId);
      },
      drained: (responseId) => this.#tell('stopped', responseId),
      starved: () => {
        this.#starved += 1;
      },
    }));
  }

  #play({ response_id: responseId, item_id: itemId, delta }: VoiceEvent): void {
    const samples = typeof delta === 'string' ? decodePcm(delta) : null;
    if (!samples || typeof responseId !== 'string' || typeof itemId !== 'string') return;
    if (!this.#cut.has(responseId)) this.#open().play(responseId, itemId, samples);
  }

  /** `unheardMs`: of what was played, as the loudspeaker is silent already. */
  async #stop(unheardMs: number): Promise<void> {
    if (this.#making !== null) this.#cut.add(this.#making);
    if (!this.#player) return;
    this.#cutting += 1;
    const { responseId, items } = await this.#player.clear();
    for (const { itemId, ms } of items) {
      const end = Math.max(0, ms - unheardMs);
      this.#ports.toProvider(
        JSON.stringify({ type: 'conversation.item.truncate', item_id: itemId, content_index: 0, audio_end_ms: end }),
      );
    }
    this.#cutting -= 1;
    if (this.#cutting === 0) for (const text of this.#held.splice(0)) this.#ports.toProvider(text);
    if (responseId !== null) this.#tellCleared(responseId, unheardMs);
  }

  /** Once the browser is silent too: then the loudspeaker may be opened again. */
  #tellCleared(responseId: string, afterMs: number): void {
    const tell = () => {
      clearTimeout(timer);
      this.#ending = null;
      this.#tell('cleared', responseId);
    };
    const timer = setTimeout(tell, afterMs);
    this.#ending = { timer, tell };
  }

  #pass(text: string): void {
    if (this.#cutting > 0) this.#held.push(text);
    else this.#ports.toProvider(text);
  }

  #tell(what: 'started' | 'stopped' | 'cleared', responseId: string): void {
    this.#ports.toSession(JSON.stringify({ type: `output_audio_buffer.${what}`, response_id: responseId }));
  }
}

/** As far as it is looked at; every field is checked where it is used. */
interface VoiceEvent {
  type: string;
  response_id?: unknown;
  item_id?: unknown;
  delta?: unknown;
  response?: { id?: unknown; output_modalities?: unknown } | null;
  session?: { audio?: { input?: { turn_detection?: { interrupt_response?: unknown } | null } | null } | null } | null;
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
