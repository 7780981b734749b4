import { expect, it } from 'vitest';
import { leftOutOf } from '../../start/left-out.ts';

const test = (fullName: string, leftOut?: string) => ({ fullName, meta: leftOut === undefined ? {} : { leftOut } });

it('what is left out is told by reason, with file and name, and nothing else is', () => {
  const report = JSON.stringify({
    testResults: [
      { name: '/a/b/times.test.ts', assertionResults: [test(' a round trip', 'no WebRTC'), test(' a kind')] },
      { name: 'C:\\a\\devices.test.ts', assertionResults: [test('mute over webrtc', 'no WebRTC'), test('x', 'other')] },
    ],
  });
  expect(leftOutOf(report)).toEqual([
    {
      why: 'no WebRTC',
      tests: [
        { file: 'times.test.ts', name: 'a round trip' },
        { file: 'devices.test.ts', name: 'mute over webrtc' },
      ],
    },
    { why: 'other', tests: [{ file: 'devices.test.ts', name: 'x' }] },
  ]);
  expect(leftOutOf('')).toEqual([]);
});
