import { expect, it } from 'vitest';
import { LevelMeter } from '../../../lib/audio/level-processor.ts';

it('measures how loud it was since it was last asked', () => {
  const meter = new LevelMeter();
  meter.add(Float32Array.from({ length: 128 }, (_, index) => (index % 2 ? 0.5 : -0.5)));
  expect(meter.frames).toBe(128);
  expect(meter.take()).toBeCloseTo(0.5);
  expect(meter.take()).toBe(0);
});

it('never leaves its scale, whatever the samples are', () => {
  const meter = new LevelMeter();
  meter.add(Float32Array.from([4, -4, 4]));
  expect(meter.take()).toBe(1);
});
