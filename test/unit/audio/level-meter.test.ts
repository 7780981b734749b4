import { expect, it } from 'vitest';
import { LevelMeter } from '../../../lib/audio/level-meter.ts';

it('a level is the root mean square since it was last asked for', () => {
  const meter = new LevelMeter();
  meter.add(Float32Array.of(0.5, -0.5, 0.5, -0.5));
  expect(meter.frames).toBe(4);
  expect(meter.take()).toBeCloseTo(0.5, 6);
  expect([meter.frames, meter.take()]).toEqual([0, 0]);
});

it('exact zeros are told from a quiet room, and from no microphone', () => {
  const meter = new LevelMeter();
  expect(meter.zero).toBe(false);
  meter.add(new Float32Array(100));
  // What a filter's ringing leaves behind a source that was pulled out.
  meter.add(Float32Array.of(3e-20, -1e-29));
  expect(meter.zero).toBe(true);
  meter.add(Float32Array.of(0, 1e-6));
  expect(meter.zero).toBe(false);
  meter.take();
  meter.add(new Float32Array(10));
  expect(meter.zero).toBe(true);
});
