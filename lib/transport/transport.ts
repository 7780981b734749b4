/**
 * What the session needs from a line to the provider. A transport knows bytes: JSON texts both ways, where it can one
 * audio track up, one stream down. It does not know what the texts mean.
 */
import type { Grant, TransportOffer } from '../protocol/grant.ts';
import type { Fault } from '../protocol/faults.ts';

export interface TransportEvents {
  /** One JSON text from the provider. */
  message(text: string): void;
  /** The assistant's voice, to be played. */
  voice(stream: MediaStream): void;
  /** False: no sign of life for a moment. True: it is said to be back, which has still to be proved. */
  steady(isSteady: boolean): void;
  /** Gone for good, once, and not because of `close()`. */
  lost(fault: Fault): void;
}

export interface Transport {
  /** False: the line has no room for a track, and all sound goes up as `input_audio_buffer.append`. */
  readonly carriesTrack: boolean;
  /** Bytes handed to `send` that have not left yet. */
  readonly backlog: number;
  /** Milliseconds to the far end and back, as last seen; null when not known yet. Absent where the browser does not tell. */
  roundTripMs?(): Promise<number | null>;
  /** Milliseconds since the last packet of any kind came from there; null and absent likewise. */
  heardAgoMs?(): Promise<number | null>;
  /**
   * Sends one JSON text, at most 60 KiB of UTF-8: larger messages close OpenAI's data channel silently.
   * Throws a FaultError `internal` when it is larger, `connection-lost` when the line is not open.
   */
  send(text: string): void;
  /** Puts a microphone track on the line, or takes it off with null. No renegotiation. Nothing where no track is carried. */
  setTrack(track: MediaStreamTrack | null): Promise<void>;
  /** Harmless when repeated. */
  close(): void;
}

/** Work that needs no grant, done while the grant is on its way. */
export interface Prepared {
  /** Harmless when repeated, and after the line that was made of it is open. */
  close(): void;
}

/** Our SDP offer for the provider's answer. `dcid`: of the data channel that both sides know beforehand, or null. */
export type Exchange = (sdp: string, dcid: number | null, signal: AbortSignal) => Promise<string>;

export interface ConnectRequest {
  offer: TransportOffer;
  grant: Pick<Grant, 'value'>;
  /** Instead of a POST to the offer's address with the grant. */
  exchange?: Exchange;
  /** For an offer that leads through the relay. */
  relay: { relayUrl: string; deviceToken: string };
  events: TransportEvents;
  /** Aborting gives up and closes everything that was opened. */
  signal: AbortSignal;
  /** What this way's `prepare` returned, to be used once. */
  prepared?: Prepared;
}

/** One kind of line. */
export interface Way {
  prepare?(): Prepared;
  /** Resolves when texts can be sent. Rejects with a FaultError. */
  connect(request: ConnectRequest): Promise<Transport>;
}

/** The kinds of line that Parley has, by the name a grant uses for them. */
export type Ways = Record<string, Way>;
