import { callEngine, pause, type EngineAddress } from '../caller.ts';
import { memoryOf } from '../engine-usage.ts';
import { percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';

/** Long enough for a call's half second of opening silence to have begun. */
const HOLD_MS = 60;
const SETTLE_MS = 1500;

/** One call after the other: from the POST of the offer to the open data channel, and what they leave behind. */
export async function connecting(engine: EngineAddress & { pid: number }, calls: number): Promise<Measured[]> {
  const times: number[] = [];
  let failures = 0;
  const once = async (): Promise<void> => {
    try {
      const peer = await callEngine(engine);
      times.push(peer.connectMs);
      await pause(HOLD_MS);
      peer.close();
    } catch (error) {
      failures += 1;
      console.error(error instanceof Error ? error.message : error);
    }
  };
  // The first calls fill caches and pools.
  for (let call = 0; call < calls / 5; call += 1) await once();
  await pause(SETTLE_MS);
  const before = memoryOf(engine.pid);
  times.length = 0;
  for (let call = 0; call < calls; call += 1) await once();
  await pause(SETTLE_MS);
  return [
    { id: 'connect_p50', value: percentile(times, 0.5), unit: 'ms', target: { atMost: 80 } },
    { id: 'connect_p95', value: percentile(times, 0.95), unit: 'ms' },
    { id: `connect_failures_in_${calls}`, value: failures, unit: 'calls', target: { atMost: 0 } },
    {
      id: `memory_growth_over_${calls}_calls`,
      value: memoryOf(engine.pid) - before,
      unit: 'MiB',
      target: { atMost: 20 },
    },
  ];
}
