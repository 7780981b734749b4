import { expect, it } from 'vitest';
import { hearing, roundTripOf } from '../../../lib/transport/far-end.ts';

const connection = (stats: { id: string; type: string }[]) => ({
  getStats: async () => new Map(stats.map((each) => [each.id, each])) as unknown as RTCStatsReport,
});
const transport = { id: 'T', type: 'transport', selectedCandidatePairId: 'B' };

it('takes the round trip of the pair in use, in whole milliseconds', async () => {
  const pairs = [
    { id: 'A', type: 'candidate-pair', currentRoundTripTime: 0.2 },
    { id: 'B', type: 'candidate-pair', currentRoundTripTime: 0.0341 },
  ];
  expect(await roundTripOf(connection([...pairs, transport]))).toBe(34);
});

it('never says that there is no way at all', async () => {
  const near = { id: 'B', type: 'candidate-pair', currentRoundTripTime: 0.0001 };
  expect(await roundTripOf(connection([near, transport]))).toBe(1);
});

it('knows nothing before the first check', async () => {
  expect(await roundTripOf(connection([]))).toBeNull();
  expect(await roundTripOf(connection([transport, { id: 'B', type: 'candidate-pair' }]))).toBeNull();
});

/** The pair in use, as it is seen at one time and the next. */
function heardAgo(...seen: { timestamp: number; lastPacketReceivedTimestamp?: number; responsesReceived?: number }[]) {
  const getStats = () =>
    connection([{ id: 'B', type: 'candidate-pair', ...seen.shift() } as never, transport]).getStats();
  return hearing({ getStats });
}

it('tells how long ago the last packet came on the pair in use, and not what comes from a clock that is set', async () => {
  expect(await heardAgo({ timestamp: 5000, lastPacketReceivedTimestamp: 4700 })()).toBe(300);
  expect(await heardAgo({ timestamp: 5000, lastPacketReceivedTimestamp: 9000 })()).toBeNull();
  expect(await hearing(connection([transport]))()).toBeNull();
});

it('takes a check of the path that was answered for a packet, and never for a later one than it was', async () => {
  const ask = heardAgo(
    { timestamp: 5000, lastPacketReceivedTimestamp: 4000, responsesReceived: 7 },
    { timestamp: 6000, lastPacketReceivedTimestamp: 4000, responsesReceived: 8 },
    { timestamp: 7000, lastPacketReceivedTimestamp: 4000, responsesReceived: 8 },
  );
  expect([await ask(), await ask(), await ask()]).toEqual([1000, 1000, 3000]);
});
