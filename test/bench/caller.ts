/** A person on a call of the engine, who speaks recordings and says what came of each. */
import { mint, RealtimePeer, type RealtimePeerOptions } from '../support/realtime-peer.ts';
import { AUDIBLE, type Recording } from './recordings.ts';

export interface EngineAddress {
  baseUrl: string;
  key: string;
}

export const VAD_SILENCE_MS = 500;

const SESSION = {
  audio: {
    input: {
      transcription: { language: 'en' },
      turn_detection: { type: 'server_vad', silence_duration_ms: VAD_SILENCE_MS },
    },
  },
};
const TRANSCRIBED = /^conversation\.item\.input_audio_transcription\.(completed|failed)$/;

export interface Turn {
  /** All that was understood; empty when it was not. */
  understood: string;
  /** performance.now() when the last sound of the recording left. */
  speechEndAt: number;
  /** From there to the first sound of the answer, ms; null when none came. */
  toSoundMs: number | null;
}

/** Events are not looked at by default: that would be measured too. */
export async function callEngine(
  engine: EngineAddress,
  options: Pick<RealtimePeerOptions, 'onText'> = { onText: () => {} },
): Promise<RealtimePeer> {
  const key = await mint(engine, SESSION);
  const peer = await RealtimePeer.connect({ baseUrl: engine.baseUrl, key, ...options });
  await peer.event('session.created');
  return peer;
}

/** Speaks in real time; resolves with when its last audible sample left, performance.now(). */
export async function speak(peer: RealtimePeer, { samples, endMs }: Recording): Promise<number> {
  await peer.say(samples);
  return performance.now() - (samples.length / 24 - endMs);
}

/** Speaks, and waits until all of it was transcribed and the answer is to be heard. */
export async function takeTurn(peer: RealtimePeer, recording: Recording): Promise<Turn> {
  const from = peer.events.length;
  const speechEndAt = await speak(peer, recording);
  const count = (fits: (type: string) => boolean): number => peer.types(from).filter(fits).length;
  const settled = (): boolean => {
    const started = count((type) => type === 'input_audio_buffer.speech_started');
    return started > 0 && started === count((type) => TRANSCRIBED.test(type));
  };
  // A pause within a sentence makes two turns of it: the last one counts.
  const answered = (): boolean => settled() && firstSound(peer, speechEndAt) !== null;
  await peer.until(answered, 'an answer').catch(() => undefined);
  const sound = firstSound(peer, speechEndAt);
  return {
    understood: peer.events
      .slice(from)
      .filter(({ type }) => type.endsWith('input_audio_transcription.completed'))
      .map(({ transcript }) => transcript)
      .join(' '),
    speechEndAt,
    toSoundMs: sound === null ? null : sound - speechEndAt,
  };
}

/** When the first sound of the answer to what ended at `speechEndAt` came; null when it has not yet. */
function firstSound(peer: RealtimePeer, speechEndAt: number): number | null {
  const started = peer.events.findLast(({ type }) => type === 'output_audio_buffer.started');
  if (!started || started.receivedAt < speechEndAt) return null;
  // Sound and events take different ways: a frame may come just before the event that announces it.
  return peer.heard.find(({ at, level }) => at > started.receivedAt - 20 && level > AUDIBLE)?.at ?? null;
}

/** Cuts what is being said and waits for the silence. */
export async function hush(peer: RealtimePeer): Promise<void> {
  const from = peer.events.length;
  if (
    peer.types().findLast((type) => /^output_audio_buffer\.(started|stopped|cleared)$/.test(type)) ===
    'output_audio_buffer.started'
  ) {
    peer.send({ type: 'response.cancel' });
    peer.send({ type: 'output_audio_buffer.clear' });
    await peer.until(
      () => peer.types(from).some((type) => /^output_audio_buffer\.(cleared|stopped)$/.test(type)),
      'the cut',
    );
  }
  const since = performance.now();
  await peer.until(() => performance.now() - Math.max(since, lastLoudAt(peer)) > 300, 'silence');
}

export function lastLoudAt(peer: RealtimePeer): number {
  return peer.heard.findLast(({ level }) => level > AUDIBLE)?.at ?? 0;
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
