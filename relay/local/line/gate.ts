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
}

export const openGate: Gate = {
  toClient: (text, send) => send(text),
  toSession: (text, receive) => receive(text),
  soundOut: (sound, send) => send(sound),
  soundIn: (sound, receive) => receive(sound),
  close: () => {},
};
