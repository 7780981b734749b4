import { callEngine, pause, type EngineAddress } from '../caller.ts';
import { lateness, lost, percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';

/** Questions in a row whose answers together last longer than it takes. */
const QUESTIONS = ['Who are you?', 'Hello.', 'Thank you.', 'Please write an email to Anna.'];

/**
 * How punctually sound comes while nothing else happens: by the arrival of RTP packets against their timestamps. Measured
 * at the receiver, so the receiver's own event loop is in it; the engine alone is better than this.
 */
export async function pacing(engine: EngineAddress, ms: number): Promise<Measured[]> {
  const peer = await callEngine(engine);
  await pause(1000);
  const from = peer.heard.length;
  const began = performance.now();
  for (let turn = 0; performance.now() - began < ms; turn += 1) {
    const index = peer.events.length;
    peer.send({
      type: 'conversation.item.create',
      item: {
        type: 'message',
        role: 'user',
        content: [{ type: 'input_text', text: QUESTIONS[turn % QUESTIONS.length] }],
      },
    });
    peer.send({ type: 'response.create' });
    await peer.event('output_audio_buffer.stopped', { from: index, timeoutMs: 30_000 });
  }
  peer.close();
  const packets = peer.heard.slice(from);
  const late = lateness(packets);
  return [
    { id: 'pacing_lateness_p50', value: percentile(late, 0.5), unit: 'ms' },
    { id: 'pacing_lateness_p99', value: percentile(late, 0.99), unit: 'ms', target: { atMost: 3 } },
    { id: 'pacing_lateness_most', value: percentile(late, 1), unit: 'ms' },
    { id: 'pacing_packets', value: packets.length, unit: 'packets' },
    { id: 'pacing_packets_lost', value: lost(packets), unit: 'packets', target: { atMost: 0 } },
  ];
}
