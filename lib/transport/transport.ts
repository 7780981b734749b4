/**
 * What the session needs from a line to the provider. A transport knows bytes: JSON texts both ways, one audio track up,
 * one stream down. It does not know what the texts mean.
 */
import type { Grant, TransportOffer } from '../protocol/grant.ts';
import type { Fault } from '../protocol/faults.ts';

export interface TransportEvents {
  /** One JSON text from the provider. */
  message(text: string): void;
  /** The assistant's voice, to be played. */
  voice(stream: MediaStream): void;
  /** No sign of life for a moment, and back again. */
  steady(isSteady: boolean): void;
  /** Gone for good, once, and not because of `close()`. */
  lost(fault: Fault): void;
}

export interface Transport {
  /**
   * Sends one JSON text, at most 60 KiB of UTF-8: larger messages close OpenAI's data channel silently.
   * Throws a FaultError `internal` when it is larger, `connection-lost` when the line is not open.
   */
  send(text: string): void;
  /** Puts a microphone track on the line, or takes it off with null. No renegotiation. */
  setTrack(track: MediaStreamTrack | null): Promise<void>;
  /** Harmless when repeated. */
  close(): void;
}

export interface ConnectRequest {
  offer: TransportOffer;
  grant: Grant;
  /** May still be missing: the line comes up without it. */
  track: MediaStreamTrack | null;
  events: TransportEvents;
  /** Aborting gives up and closes everything that was opened. */
  signal: AbortSignal;
}

/** Resolves when texts can be sent. Rejects with a FaultError. */
export type Connect = (request: ConnectRequest) => Promise<Transport>;
