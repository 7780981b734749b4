import type { RealtimePeer } from '../../support/realtime-peer.ts';
import { callEngine, hush, takeTurn, type EngineAddress } from '../caller.ts';
import { watchUsage } from '../engine-usage.ts';
import type { Recording } from '../recordings.ts';
import { lateness, lost, percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';
import { errorShare, type Pair } from './conversation.ts';

/** Several calls that talk at the same moment, each saying something else, `rounds` times. */
export async function talkingTogether(
  engine: EngineAddress & { pid: number },
  recordings: Recording[],
  { calls, rounds }: { calls: number; rounds: number },
): Promise<Measured[]> {
  const peers: RealtimePeer[] = await Promise.all(Array.from({ length: calls }, () => callEngine(engine)));
  const stop = watchUsage(engine.pid);
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const turns = peers.map(async (peer, index) => {
      const recording = recordings[(round * calls + index) % recordings.length]!;
      return { recording, turn: await takeTurn(peer, recording) };
    });
    pairs.push(...(await Promise.all(turns)));
    await Promise.all(peers.map(hush));
  }
  const { memory, cpu } = stop();
  for (const peer of peers) peer.close();

  const delays = pairs.flatMap(({ turn }) => turn.toSoundMs ?? []);
  const two = calls === 2;
  const nothing = { atMost: 0 };
  const name = `${calls}_calls`;
  return [
    { id: `${name}_word_errors`, value: errorShare(pairs), unit: '%', ...(two ? { target: { atMost: 8 } } : {}) },
    { id: `${name}_unanswered`, value: pairs.length - delays.length, unit: 'turns', target: nothing },
    {
      id: `${name}_packets_lost`,
      value: peers.reduce((sum, { heard }) => sum + lost(heard), 0),
      unit: 'packets',
      target: nothing,
    },
    { id: `${name}_first_sound_p50`, value: percentile(delays, 0.5), unit: 'ms' },
    { id: `${name}_first_sound_p95`, value: percentile(delays, 0.95), unit: 'ms' },
    {
      id: `${name}_pacing_lateness_p99`,
      value: percentile(
        peers.flatMap(({ heard }) => lateness(heard)),
        0.99,
      ),
      unit: 'ms',
    },
    { id: `${name}_cpu`, value: cpu, unit: '% of a core' },
    { id: `${name}_memory`, value: memory, unit: 'MiB' },
  ];
}
