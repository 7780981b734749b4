/** Opens the microphone to ask and to listen for a moment. Nothing is kept or sent. */
import { rms } from '../view/level.ts';
import type { MicrophoneAnswer } from '../../protocol/snapshot.ts';
import { refusal } from '../view/microphone.ts';

export interface Capture {
  /** RMS of the last 40 ms or so, 0 to 1. */
  level(): number;
  /** Every track ends. Harmless twice. */
  close(): void;
}

export async function permissionState(): Promise<PermissionStatus> {
  return navigator.permissions.query({ name: 'microphone' });
}

/** The open microphone, or why there is none. */
export async function openCapture(): Promise<Capture | Exclude<MicrophoneAnswer, 'granted'>> {
  let stream: MediaStream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch (error) {
    return refusal(error instanceof DOMException ? error.name : '', (await permissionState()).state);
  }
  const context = new AudioContext();
  const analyser = new AnalyserNode(context, { fftSize: 2048 });
  context.createMediaStreamSource(stream).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  return {
    level() {
      analyser.getFloatTimeDomainData(samples);
      return rms(samples);
    },
    close() {
      for (const track of stream.getTracks()) track.stop();
      if (context.state !== 'closed') void context.close();
    },
  };
}
