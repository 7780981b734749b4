import { describe, expect, it } from 'vitest';
import { FastForward } from '../../../lib/audio/fast-forward.ts';
import { HandOut } from '../../../lib/audio/hand-out.ts';
import { Ring } from '../../../lib/audio/ring.ts';

/** Samples that say their own position. */
const counted = (from: number, count: number) =>
  Float32Array.from({ length: count }, (_, index) => ((from + index) % 30_000) / 0x7fff);

/** Writes in the worklet's own blocks. */
function fill(ring: Ring, count: number, then: () => void = () => {}): void {
  for (let written = 0; written < count; written += 128) {
    ring.write(counted(ring.position, Math.min(128, count - written)));
    then();
  }
}

describe('the ring', () => {
  it('keeps the last samples under the positions they came at', () => {
    const ring = new Ring(1000);
    fill(ring, 2500);
    expect([ring.oldest, ring.position]).toEqual([1500, 2500]);
    expect([...ring.slice(1500, 1503), ring.at(2499)]).toEqual([1500, 1501, 1502, 2499]);
  });

  it('holds what is louder than a sample can be at its limit', () => {
    const ring = new Ring(10);
    ring.write(Float32Array.of(1.5, -1.5));
    expect(ring.slice(0, 2)).toEqual(Int16Array.of(0x7fff, -0x7fff));
  });
});

describe('what is handed out', () => {
  function handOut(ring: Ring, from: number) {
    const frames: number[][] = [];
    const given = new HandOut(ring, from, (frame) => void frames.push([...frame]));
    return { given, frames, samples: () => frames.flat() };
  }
  const positions = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

  it('is every sample once, in order: what waits at once, then the live sound, then the rest', () => {
    const ring = new Ring(20_000);
    fill(ring, 10_000);
    const { given, frames, samples } = handOut(ring, 300);
    expect(samples()).toEqual(positions(300, 10_000));
    expect(Math.max(...frames.map(({ length }) => length))).toBe(4800);
    fill(ring, 3000, () => given.advance());
    expect(samples().length).toBe(9700 + 2880);
    given.finish();
    expect(samples()).toEqual(positions(300, 13_000));
    expect(given.position).toBe(13_000);
  });

  it('begins at the oldest that is there, and not before there is anything', () => {
    const ring = new Ring(1000);
    fill(ring, 2000);
    expect(handOut(ring, 5).samples()[0]).toBe(1000);
    expect(handOut(ring, 9999).given.position).toBe(2000);
  });
});

describe('a microphone that catches up', () => {
  /** What it plays, in units of the samples that were written. */
  function play(ring: Ring, player: FastForward, blocks: number) {
    const played: number[] = [];
    const caughtUpAt: number[] = [];
    for (let each = 0; each < blocks; each += 1) {
      ring.write(counted(ring.position, 128));
      const block = new Float32Array(128);
      if (player.next(block)) caughtUpAt.push(each);
      played.push(...[...block].map((sample) => sample * 0x8000));
    }
    return { played, caughtUpAt };
  }

  it('plays what waits faster, without a gap, and then along with what comes', () => {
    const ring = new Ring(50_000);
    fill(ring, 12_800);
    const { played, caughtUpAt } = play(ring, new FastForward(ring, 0, 1.25), 450);
    // 12,800 samples behind, a quarter of a sample gained with each: 51,200 samples, 400 blocks.
    expect(caughtUpAt).toHaveLength(1);
    expect(caughtUpAt[0]).toBeGreaterThan(395);
    expect(caughtUpAt[0]).toBeLessThan(405);
    const steps = played.slice(1).map((value, index) => value - played[index]!);
    const inside = steps.filter((step) => step > -20_000);
    expect(Math.max(...inside)).toBeLessThan(2.5);
    expect(Math.min(...inside)).toBeGreaterThan(0.5);
    expect(Math.round(played.at(-1)!)).toBe((ring.position - 1) % 30_000);
  });

  it('is live at once when nothing waits', () => {
    const ring = new Ring(1000);
    const { played, caughtUpAt } = play(ring, new FastForward(ring, 0, 1.25), 2);
    expect(caughtUpAt).toEqual([0]);
    expect(played.map(Math.round)).toEqual(Array.from({ length: 256 }, (_, index) => index));
  });
});
