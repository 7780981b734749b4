/** Where a session's voice goes. The session does not know which transport it is on; this is what differs. */
import type { SoundFormat } from '../audio/sound-format.ts';
import type { ServerEvent } from '../session/events.ts';

/** Which part of which response some sound belongs to, and how that response wants it. */
export interface SoundPart {
  responseId: string;
  itemId: string;
  outputIndex: number;
  contentIndex: number;
  /** Where sound travels inside events; a WebRTC track has a codec of its own. */
  format: SoundFormat;
}

/** What was not heard because the output was cleared. */
export interface Cut {
  responseId: string;
  /** False when not one frame of the response had left yet. */
  started: boolean;
  /** Items of which sound was dropped; `audioEndMs` is how much of each really left, a multiple of 20. */
  items: { itemId: string; contentIndex: number; audioEndMs: number }[];
}

export interface AudioOutput {
  /** Whether sound waits here until it is heard, so that a client can clear it: `output_audio_buffer.*` exists then. */
  readonly buffered: boolean;
  /** Adds sound (24 kHz mono) behind what is waiting. */
  write(part: SoundPart, samples: Int16Array): void;
  /** No more sound will come for this response; what is waiting is still played. */
  finish(responseId: string): void;
  /**
   * Drops what has not left yet, and what responses still being made would add. Where the transport itself knows what
   * was heard it returns what it cut; null when nothing was playing or when only the client can know (WebSocket).
   */
  clear(): Cut | null;
  close(): void;
}

/** Makes the output of one session. `emit` sends a server event to its client. */
export type CreateOutput = (emit: (event: ServerEvent) => void) => AudioOutput;
