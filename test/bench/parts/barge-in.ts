import { callEngine, hush, pause, type EngineAddress } from '../caller.ts';
import { AUDIBLE, type Recording } from '../recordings.ts';
import { percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';

/** How far into the answer the person cuts in. */
const LISTEN_MS = 700;

/** Talking over an answer: from the first sound of the person to the last of the answer. */
export async function bargingIn(engine: EngineAddress, recordings: Recording[], times: number): Promise<Measured[]> {
  const peer = await callEngine(engine);
  const fromOnset: number[] = [];
  const fromEvent: number[] = [];
  for (let round = 0; round < times; round += 1) {
    const recording = recordings[round % recordings.length]!;
    const from = peer.events.length;
    peer.send({
      type: 'conversation.item.create',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Who are you?' }] },
    });
    peer.send({ type: 'response.create' });
    await peer.event('output_audio_buffer.started', { from });
    await pause(LISTEN_MS);
    const onset = performance.now() + recording.startMs;
    void peer.say(recording.samples);
    const cleared = await peer.event('output_audio_buffer.cleared', { from });
    // The tail of silent frames shows where the voice ended; the next answer is a second away.
    await peer.until(() => peer.heard.filter(({ at }) => at > cleared.receivedAt).length >= 15, 'the silence');
    const last = peer.heard.findLast(({ at, level }) => level > AUDIBLE && at < cleared.receivedAt + 300)!.at;
    // The voice may have been between two sentences: it is over for certain when the event says so.
    const silentAt = Math.max(last, cleared.receivedAt);
    fromOnset.push(silentAt - onset);
    fromEvent.push(silentAt - cleared.receivedAt);
    await peer.event('output_audio_buffer.started', { from: cleared.index });
    await hush(peer);
  }
  peer.close();
  return [
    { id: 'barge_in_onset_to_silence_p50', value: percentile(fromOnset, 0.5), unit: 'ms' },
    { id: 'barge_in_onset_to_silence_p95', value: percentile(fromOnset, 0.95), unit: 'ms' },
    { id: 'barge_in_event_to_silence_p95', value: percentile(fromEvent, 0.95), unit: 'ms' },
  ];
}
