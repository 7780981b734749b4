import { expect, it } from 'vitest';
import { heardAgoOf, roundTripOf } from '../../../lib/transport/far-end.ts';

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

it('tells how long ago the last packet came on the pair in use, and not what comes from a clock that is set', async () => {
  const pair = (timestamp: number, lastPacketReceivedTimestamp: number) =>
    connection([{ id: 'B', type: 'candidate-pair', timestamp, lastPacketReceivedTimestamp } as never, transport]);
  expect(await heardAgoOf(pair(5000, 4700))).toBe(300);
  expect(await heardAgoOf(pair(5000, 9000))).toBeNull();
  expect(await heardAgoOf(connection([transport]))).toBeNull();
});
