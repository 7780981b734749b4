/** Opens the microphone, and says in our own codes why it would not open. */
import { FaultError } from '../protocol/faults.ts';
import type { SoundSettings } from '../protocol/messages.ts';

export interface Microphone {
  stream: MediaStream;
  track: MediaStreamTrack;
  /** As the system names it. */
  name: string;
  deviceId: string;
  /** Mute sends silence and keeps the device. */
  setMuted(muted: boolean): void;
  /** Stops every track; harmless when repeated. */
  close(): void;
}

export interface MicrophoneRequest {
  sound: SoundSettings;
  /** The track ended by itself: revoked, unplugged, or the sound server is gone. */
  lost(): void;
  /** The system or a switch on the device mutes it, and no longer does. */
  systemMuted(muted: boolean): void;
  signal: AbortSignal;
}

/**
 * Throws a FaultError `microphone-…`; `microphone-needed` when the browser would have to ask, which it cannot do from a
 * hidden document: repeated silent refusals there can even earn a block, so we look before we ask. A chosen device that
 * is not there is replaced by the system's own.
 */
export async function openMicrophone({ sound, lost, systemMuted, signal }: MicrophoneRequest): Promise<Microphone> {
  const { state } = await navigator.permissions.query({ name: 'microphone' });
  if (state === 'prompt') throw new FaultError('microphone-needed');
  if (state === 'denied') throw new FaultError('microphone-denied');
  const stream = await openStream(sound).catch((error: unknown) => {
    throw faultOfRefusal(error);
  });
  const close = () => {
    for (const each of stream.getTracks()) each.stop();
  };
  const track = stream.getAudioTracks()[0];
  if (!track) throw new FaultError('microphone-missing');
  const deviceId = track.getSettings().deviceId ?? '';
  const name = (deviceId === 'default' && (await onlyName())) || track.label;
  if (signal.aborted) {
    close();
    throw signal.reason;
  }
  track.addEventListener('ended', lost, { signal });
  track.addEventListener('mute', () => systemMuted(true), { signal });
  track.addEventListener('unmute', () => systemMuted(false), { signal });
  return {
    stream,
    track,
    name,
    deviceId,
    setMuted(muted) {
      track.enabled = !muted;
    },
    close,
  };
}

/** Of the only microphone there is; Chrome on Linux calls the system's own just “Default”. */
async function onlyName(): Promise<string | undefined> {
  const all = await navigator.mediaDevices.enumerateDevices();
  const [only, ...others] = all.filter(({ kind, deviceId }) => kind === 'audioinput' && !aliases.has(deviceId));
  return others.length === 0 ? only?.label : undefined;
}

/** Chrome lists these beside the device itself. */
const aliases = new Set(['default', 'communications']);

async function openStream(sound: SoundSettings): Promise<MediaStream> {
  const audio: MediaTrackConstraints = {
    echoCancellation: sound.echoCancellation,
    noiseSuppression: sound.noiseSuppression,
    autoGainControl: sound.autoGain,
    channelCount: 1,
  };
  const { mediaDevices } = navigator;
  if (!sound.microphoneId) return mediaDevices.getUserMedia({ audio });
  try {
    return await mediaDevices.getUserMedia({ audio: { ...audio, deviceId: { exact: sound.microphoneId } } });
  } catch (error) {
    if (!isMissing(error)) throw error;
    return mediaDevices.getUserMedia({ audio });
  }
}

/** Chrome on Linux notices that a device of PulseAudio has come or gone only when somebody asks for the list. */
const askEveryMs = 2000;

/** Calls back when a device comes or goes, or the permission does. Returns the way to stop. */
export function watchDevices(changed: () => void): () => void {
  const over = new AbortController();
  const { signal } = over;
  const { mediaDevices, permissions } = navigator;
  mediaDevices.addEventListener('devicechange', changed, { signal });
  void permissions
    .query({ name: 'microphone' })
    .then((status) => status.addEventListener('change', changed, { signal }));
  const asking = setInterval(() => void mediaDevices.enumerateDevices(), askEveryMs);
  signal.addEventListener('abort', () => clearInterval(asking));
  return () => over.abort();
}

/** Names as the Media Capture specification gives them. */
function isMissing(error: unknown): boolean {
  return error instanceof DOMException && (error.name === 'NotFoundError' || error.name === 'OverconstrainedError');
}

export function faultOfRefusal(error: unknown): FaultError {
  const name = error instanceof DOMException ? error.name : '';
  const detail = String(error);
  if (isMissing(error)) return new FaultError('microphone-missing', detail);
  if (name === 'NotReadableError' || name === 'AbortError') return new FaultError('microphone-busy', detail);
  if (name === 'NotAllowedError') return new FaultError('microphone-denied', detail);
  return new FaultError('internal', detail);
}
