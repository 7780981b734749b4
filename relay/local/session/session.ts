import { AppendedSound } from '../audio/appended-sound.ts';
import type { Hearing } from '../hearing/hearing.ts';
import type { Mind } from '../mind/mind.ts';
import type { CreateOutput } from '../output/audio-output.ts';
import type { Speaking } from '../speaking/speaking.ts';
import { systemClock, type Clock } from './clock.ts';
import { carryOut } from './commands.ts';
import { defaultConfig, type SessionConfig } from './config.ts';
import type { SessionContext } from './context.ts';
import { Conversation } from './conversation.ts';
import { errorBody, ProtocolError } from './errors.ts';
import type { ServerEvent } from './events.ts';
import { createIds, type Ids } from './ids.ts';
import { Listening } from './listening.ts';
import { Recordings } from './recordings.ts';
import { Responding } from './responding.ts';

const MAX_SESSION_S = 3600;
const SAMPLES_PER_MS = 16;

export interface SessionOptions {
  /** The configuration that came with the key; defaults otherwise. */
  config?: SessionConfig;
  hearing: Hearing;
  speaking: Speaking;
  mind: Mind;
  createOutput: CreateOutput;
  /** How much a response can read at most, in tokens. As much as the model (realtime-protocol 2.1) unless given. */
  readableTokens?: number;
  /** Sends one event, as JSON text. */
  send(text: string): void;
  /** The session has ended by itself (its hour is over); `reason` is what the client was told. */
  onExpired(reason: string): void;
  log(line: string): void;
  /** The machine's own unless a test brings another. */
  clock?: Clock;
  /** Random unless a test brings a seed. */
  ids?: Ids;
  /** How long it may last, in seconds; an hour unless a test brings less. */
  limitS?: number;
  /** Is given all sound of the person as it comes, 16 kHz. */
  heard?(samples: Float32Array): void;
}

/** One Realtime session over any transport: text in by `receive`, sound in by `hear`, both out by what it was given. */
export class Session {
  readonly #options: SessionOptions;
  readonly #context: SessionContext;
  readonly #responding: Responding;
  readonly #listening: Listening;
  readonly #appended = new AppendedSound();
  readonly #stopExpiry: () => void;
  /** How the last sound came. */
  #byTrack = false;
  #closed = false;

  /** Sends `session.created`, so make it when the client can hear. */
  constructor(options: SessionOptions) {
    this.#options = options;
    const { clock = systemClock, ids = createIds(), limitS = MAX_SESSION_S } = options;
    const emit = (event: ServerEvent): void => this.#emit(event);
    this.#context = {
      conversation: new Conversation(ids.next('conv')),
      recordings: new Recordings(),
      config: {
        ...(options.config ?? defaultConfig('')),
        id: ids.next('sess'),
        expires_at: Math.floor(clock.unixMs() / 1000 + limitS),
      },
      output: options.createOutput((event) => {
        emit(event);
        if (event.type === 'output_audio_buffer.started') this.#listening.playing();
        if (event.type === 'output_audio_buffer.stopped') this.#listening.played();
      }),
      hearing: options.hearing,
      speaking: options.speaking,
      mind: options.mind.open?.() ?? options.mind,
      readableTokens: options.readableTokens,
      heard: options.heard,
      emit,
      log: options.log,
      clock,
      ids,
    };
    this.#responding = new Responding(this.#context, {
      began: () => this.#listening.answering(),
      ended: (playsForMs) => this.#listening.answered(playsForMs),
      silenced: () => this.#listening.played(),
    });
    this.#listening = new Listening(this.#context, this.#responding);
    this.#stopExpiry = clock.after(limitS * 1000, () => this.#expire());
    options.send(this.created());
  }

  /** The first event of a connection, as JSON text: the session as it is now. For a client that joins later, too. */
  created(): string {
    return this.#toText({ type: 'session.created', session: this.#context.config });
  }

  /** One text message of the client. Whatever is wrong with it becomes an `error` event; the session goes on. */
  receive(text: string): void {
    if (this.#closed) return;
    let event: unknown;
    try {
      event = JSON.parse(text);
    } catch {
      return this.#refuse(new ProtocolError('invalid_json', 'The message could not be parsed as JSON.'), null);
    }
    if (event === null || typeof event !== 'object' || Array.isArray(event)) {
      return this.#refuse(new ProtocolError('invalid_event', 'An event must be a JSON object.'), null);
    }
    try {
      carryOut(event, {
        context: this.#context,
        listening: this.#listening,
        responding: this.#responding,
        append: (audio) => this.#append(audio),
      });
    } catch (error) {
      const id = 'event_id' in event && typeof event.event_id === 'string' ? event.event_id : null;
      this.#refuse(error, id);
    }
  }

  /** A binary message, which the protocol does not have. */
  receiveBinary(): void {
    this.#refuse(
      new ProtocolError('invalid_event', 'Binary messages are not supported; send events as JSON text.'),
      null,
    );
  }

  /** The person's sound from a track, 16 kHz mono, any length. */
  hear(samples: Float32Array): void {
    this.#byTrack = true;
    this.#take(samples);
  }

  /** Nothing has come by the track for so long: in the middle of a turn that began there, silence lets the turn end. */
  trackStalled(ms: number): void {
    if (this.#byTrack && this.#listening.speaking) this.#listening.hear(new Float32Array(ms * SAMPLES_PER_MS));
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#stopExpiry();
    this.#listening.close();
    this.#responding.close();
    this.#context.output.close();
  }

  #append(audio: string): void {
    const samples = this.#appended.take(audio, this.#context.config.audio.input.format);
    this.#byTrack = false;
    this.#take(samples);
  }

  #take(samples: Float32Array): void {
    this.#context.heard?.(samples);
    this.#listening.hear(samples);
  }

  #expire(): void {
    const reason = 'Your session hit the maximum duration of 60 minutes.';
    this.#refuse(new ProtocolError('session_expired', reason), null);
    this.close();
    this.#options.onExpired(reason);
  }

  #refuse(error: unknown, eventId: string | null): void {
    if (!(error instanceof ProtocolError)) {
      this.#context.log(`An event failed: ${error instanceof Error ? error.message : 'unknown'}`);
      const fault = new ProtocolError(
        null,
        'The server had an error while processing your event.',
        null,
        'server_error',
      );
      return this.#refuse(fault, eventId);
    }
    // The API does not say which event an unknown call id came with.
    const named = error.code === 'invalid_tool_call_id' ? null : eventId;
    this.#emit({ type: 'error', error: { ...errorBody(error), event_id: named } });
  }

  #emit(event: ServerEvent): void {
    if (!this.#closed) this.#options.send(this.#toText(event));
  }

  #toText({ type, ...fields }: ServerEvent): string {
    return JSON.stringify({ type, event_id: this.#context.ids.next('event'), ...fields });
  }
}
