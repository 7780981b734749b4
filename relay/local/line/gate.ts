import type { Mind } from '../mind/mind.ts';
import type { SessionOptions } from '../session/session.ts';

/**
 * Everything that passes between a session and its client passes a gate. The ordinary one lets all of it through; one
 * that misbehaves may hold, change, repeat or lose whatever comes.
 */
export interface Gate {
  /** A server event, as JSON text, on its way to the client. */
  toClient(text: string, send: (text: string) => void): void;
  /** A client event, as text, on its way to the session. */
  toSession(text: string, receive: (text: string) => void): void;
  /** A piece of sound on its way to the client: an Opus packet on WebRTC. On WebSocket sound is inside the events. */
  soundOut<T>(sound: T, send: (sound: T) => void): void;
  /** A piece of sound on its way to the session. */
  soundIn<T>(sound: T, receive: (sound: T) => void): void;
  /** The call is over: what is still held is dropped. Harmless when repeated. */
  close(): void;
  /** Once, before anything passes: hands the gate the line, for a gate that does more than hold and change. */
  attach?(line: LineHandle): void;
  /** What the session thinks with. */
  mind?(mind: Mind): Mind;
  /** How long the session may last, in seconds. */
  readonly limitS?: number | undefined;
  /** What has entered the session's input, 16 kHz: by a track, appended, or inside an item. */
  heard?(samples: Float32Array): void;
  /** The SDP offer on its way to the peer of a WebRTC call. */
  offer?(sdp: string): string;
  /** The SDP answer on its way back. */
  answer?(sdp: string): Promise<string>;
}

/** A call's line, in the hands of its gate. */
export interface LineHandle {
  /** To the client, past the gate; bytes go as a binary message. */
  send(message: string | Uint8Array): void;
  /** To the session, past the gate, as if the client had sent it. */
  receive(text: string): void;
  /** Ends, or silences, the line. What the transport does not have does nothing. */
  end(way: LineEnd): void;
}

export type LineEnd =
  /** The data channel alone. */
  | { how: 'channel' }
  /** The peer connection, with its goodbyes. */
  | { how: 'peer' }
  /** A CLOSE frame. */
  | { how: 'socket'; code: number; reason: string }
  /** A TCP reset. */
  | { how: 'reset' }
  /** Neither reads, nor sends, nor pings while `silent`, and stays open; then it all comes at once. */
  | { how: 'silence'; silent: boolean };

/** The gate's part in a session, as options of it. */
export function gated(gate: Gate, mind: Mind): Pick<SessionOptions, 'mind' | 'limitS' | 'heard'> {
  // Asking for the limit strikes the fault that sets it.
  const { limitS } = gate;
  return {
    mind: gate.mind?.(mind) ?? mind,
    ...(limitS === undefined ? {} : { limitS }),
    ...(gate.heard ? { heard: (samples) => gate.heard!(samples) } : {}),
  };
}

export const openGate: Gate = {
  toClient: (text, send) => send(text),
  toSession: (text, receive) => receive(text),
  soundOut: (sound, send) => send(sound),
  soundIn: (sound, receive) => receive(sound),
  close: () => {},
};
