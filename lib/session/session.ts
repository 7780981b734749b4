/**
 * Speaks Realtime over a transport: turns server events into news, and the call's wishes into client events. Knows the
 * protocol; does not know the person, the browser or the tools.
 */
import { faultOf, FaultError, type Fault } from '../protocol/faults.ts';
import type { Grant } from '../protocol/grant.ts';
import { parseServerEvent, type ClientEvent, type ServerEvent } from '../protocol/realtime.ts';
import type { Transports } from '../transport/list.ts';
import type { Transport } from '../transport/transport.ts';
import { meaningOfError } from './classify.ts';
import { connectAny } from './connect-any.ts';
import { newsOf } from './events-to-news.ts';
import type { News } from './news.ts';
import { ResponseGate } from './response-gate.ts';

export interface SessionParts {
  grant: Grant;
  /** May come later by `setTrack`. */
  track: MediaStreamTrack | null;
  news(news: News): void;
  voice(stream: MediaStream): void;
  /** Malformed or refused events, for the log. No text of the conversation. */
  log(line: string): void;
  /** Ends the attempt while opening. Afterwards use `close()`. */
  signal: AbortSignal;
  transports: Transports;
  /** The one kind of line that the person wants; null for the best that opens. */
  only: string | null;
}

/** Resolves when the line is open; the news `ready` follows when the provider has greeted us. Rejects with a FaultError. */
export async function openSession(parts: SessionParts): Promise<Session> {
  const session = new Session(parts);
  const request = {
    grant: parts.grant,
    track: parts.track,
    signal: parts.signal,
    events: {
      message: (text: string) => session.receive(text),
      voice: (stream: MediaStream) => parts.voice(stream),
      steady: (steady: boolean) => session.tell({ type: 'steady', steady }),
      lost: (fault: Fault) => session.tell({ type: 'lost', fault }),
    },
  };
  const { transport, kind } = await connectAny(parts.transports, request, parts.only, parts.log);
  session.attach(transport, kind);
  return session;
}

export class Session {
  readonly #parts: SessionParts;
  readonly #gate: ResponseGate;
  #transport: Transport | null = null;
  #closed = false;
  #voicePlaying = false;
  /** Calls whose outputs are still missing. */
  readonly #openCalls = new Set<string>();
  /** Outputs were sent that no response has seen yet. */
  #outputsUnseen = false;
  #personTalking = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.#gate = new ResponseGate(() => this.#send({ type: 'response.create' }));
  }

  /** Of the line: `webrtc` or `websocket`. */
  kind = '';

  attach(transport: Transport, kind: string): void {
    this.kind = kind;
    if (this.#closed) transport.close();
    else this.#transport = transport;
  }

  receive(text: string): void {
    if (this.#closed) return;
    const parsed = parseServerEvent(text);
    if (parsed.kind === 'malformed') this.#parts.log(`malformed event: ${parsed.reason}`);
    if (parsed.kind === 'event') this.#act(parsed.event);
  }

  tell(news: News): void {
    if (!this.#closed) this.#parts.news(news);
  }

  setTrack(track: MediaStreamTrack | null): Promise<void> {
    return this.#transport?.setTrack(track) ?? Promise.resolve();
  }

  /** Typed words, under an item id that the transcript already shows. Stops the answer that is being given. */
  say(itemId: string, text: string): void {
    this.stopAnswer();
    const content: [{ type: 'input_text'; text: string }] = [{ type: 'input_text', text }];
    this.#send({ type: 'conversation.item.create', item: { id: itemId, type: 'message', role: 'user', content } });
    this.#gate.want();
  }

  /** Cancels what is being generated and clears what is being played. */
  stopAnswer(): void {
    if (this.#gate.active) this.#send({ type: 'response.cancel' });
    if (this.#voicePlaying) this.#send({ type: 'output_audio_buffer.clear' });
  }

  /** A tool's result, as JSON text. The model goes on when all calls of its response have theirs. */
  answerTool(callId: string, output: string): void {
    if (!this.#openCalls.delete(callId)) return;
    this.#send({ type: 'conversation.item.create', item: { type: 'function_call_output', call_id: callId, output } });
    this.#outputsUnseen = true;
    this.#goOn();
  }

  /** A typed call becomes a spoken one. */
  useSound(): void {
    this.#send({ type: 'session.update', session: { type: 'realtime', output_modalities: ['audio'] } });
  }

  /** Ends the turn that the person is speaking, for a mute in mid-sentence: the provider would wait for silence for ever. */
  closeTurn(): void {
    this.#send({ type: 'input_audio_buffer.commit' });
    this.#gate.want();
  }

  close(): void {
    this.#closed = true;
    this.#transport?.close();
    this.#transport = null;
  }

  #act(event: ServerEvent): void {
    switch (event.type) {
      case 'error':
        this.#actOnError(event.error);
        return;
      case 'response.created':
        this.#gate.started(event.response.id ?? '');
        if (this.#openCalls.size === 0) this.#outputsUnseen = false;
        break;
      case 'input_audio_buffer.speech_started':
      case 'input_audio_buffer.speech_stopped':
        this.#personTalking = event.type === 'input_audio_buffer.speech_started';
        break;
      case 'output_audio_buffer.started':
        this.#voicePlaying = true;
        break;
      case 'output_audio_buffer.stopped':
      case 'output_audio_buffer.cleared':
        this.#voicePlaying = false;
        break;
      default:
        break;
    }
    for (const news of newsOf(event)) {
      if (news.type === 'tool-call') this.#openCalls.add(news.callId);
      this.tell(news);
    }
    // After the news, so that a wish which waited is sent when the call already knows that this response is over.
    if (event.type === 'response.done') {
      this.#gate.done(event.response.id ?? '');
      this.#goOn();
    }
    // It was noise: no response will come by itself for the outputs that waited for the end of the turn.
    if (event.type === 'conversation.item.input_audio_transcription.failed') this.#goOn();
  }

  /**
   * One response for all outputs of a response, once that one is over. While the person talks none: their turn brings
   * its own, which sees the outputs too.
   */
  #goOn(): void {
    if (!this.#outputsUnseen || this.#openCalls.size > 0 || this.#gate.active || this.#personTalking) return;
    this.#outputsUnseen = false;
    this.#gate.want();
  }

  #actOnError(error: { code?: string | null | undefined; message: string }): void {
    if (error.code === 'conversation_already_has_active_response') this.#gate.refused();
    const meaning = meaningOfError(error);
    this.#parts.log(`provider error: ${error.code ?? 'no code'} (${meaning.kind})`);
    if (meaning.kind === 'warning') this.tell({ type: 'warning', fault: meaning.fault });
    if (meaning.kind === 'fatal') this.tell({ type: 'lost', fault: meaning.fault });
  }

  #send(event: ClientEvent): void {
    if (this.#closed) return;
    try {
      if (!this.#transport) throw new FaultError('connection-lost', 'not open yet');
      this.#transport.send(JSON.stringify(event));
    } catch (error) {
      this.#parts.log(`could not send ${event.type}`);
      this.tell({ type: 'warning', fault: faultOf(error) });
    }
  }
}
