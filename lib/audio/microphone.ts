/** Opens the microphone, and says in our own codes why it would not open. */
import { FaultError } from '../protocol/faults.ts';

export interface Microphone {
  stream: MediaStream;
  track: MediaStreamTrack;
  /** Mute sends silence and keeps the device. */
  setMuted(muted: boolean): void;
  /** Stops every track; harmless when repeated. */
  close(): void;
}

const constraints: MediaStreamConstraints = {
  audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
};

export interface MicrophoneRequest {
  /** The track ended by itself: revoked, unplugged, or the sound server is gone. */
  lost(): void;
  signal: AbortSignal;
}

/**
 * Throws a FaultError `microphone-…`; `microphone-needed` when the browser would have to ask, which it cannot do from a
 * hidden document: repeated silent refusals there can even earn a block, so we look before we ask.
 */
export async function openMicrophone({ lost, signal }: MicrophoneRequest): Promise<Microphone> {
  const { state } = await navigator.permissions.query({ name: 'microphone' });
  if (state === 'prompt') throw new FaultError('microphone-needed');
  if (state === 'denied') throw new FaultError('microphone-denied');
  const stream = await navigator.mediaDevices.getUserMedia(constraints).catch((error: unknown) => {
    throw faultOfRefusal(error);
  });
  const close = () => {
    for (const each of stream.getTracks()) each.stop();
  };
  if (signal.aborted) {
    close();
    throw signal.reason;
  }
  const track = stream.getAudioTracks()[0];
  if (!track) throw new FaultError('microphone-missing');
  track.addEventListener('ended', lost, { signal });
  return {
    stream,
    track,
    setMuted(muted) {
      track.enabled = !muted;
    },
    close,
  };
}

/** Names as the Media Capture specification gives them. */
export function faultOfRefusal(error: unknown): FaultError {
  const name = error instanceof DOMException ? error.name : '';
  const detail = String(error);
  if (name === 'NotFoundError' || name === 'OverconstrainedError') return new FaultError('microphone-missing', detail);
  if (name === 'NotReadableError' || name === 'AbortError') return new FaultError('microphone-busy', detail);
  if (name === 'NotAllowedError') return new FaultError('microphone-denied', detail);
  return new FaultError('internal', detail);
}
