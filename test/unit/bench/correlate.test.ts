import { beforeAll, describe, expect, it } from 'vitest';
import { continuity } from '../../bench/sound/continuity.ts';
import { align, bestMatch } from '../../bench/sound/correlate.ts';
import { people } from '../../bench/recordings.ts';
import { joined as joinedSound } from '../../bench/sound/said.ts';

const rate = 24_000;
const at = (ms: number) => (ms * rate) / 1000;
let said: Float32Array;

beforeAll(async () => {
  const [first] = await people(1);
  said = Float32Array.from(first!.samples.subarray(at(first!.startMs), at(first!.endMs)), (sample) => sample / 0x8000);
});

const joined = (...pieces: Float32Array[]) => joinedSound(pieces);

function compare(arrived: Float32Array) {
  return continuity(align(arrived, said, { rate }), arrived, said, { rate });
}

describe('What arrived of what was said', () => {
  it('all of it, when nothing is missing', () => {
    expect(compare(said)).toMatchObject({ lostAtStart: 0, lostLater: 0, doubled: 0, inserted: 0 });
  });

  it('its beginning, lost to the sample', () => {
    expect(compare(said.subarray(12_345))!.lostAtStart).toBeCloseTo(12_345 / 24, 1);
  });

  it('its beginning, when silence stands in its place', () => {
    const hushed = said.slice();
    hushed.fill(0, 0, at(400));
    expect(compare(hushed)!.lostAtStart).toBeGreaterThan(390);
    expect(compare(hushed)!.lostAtStart).toBeLessThan(420);
  });

  it('late, with silence before it, is not lost', () => {
    expect(compare(joined(new Float32Array(at(700)), said))).toMatchObject({ lostAtStart: 0, doubled: 0 });
  });

  it('with a hole', () => {
    const holed = joined(said.subarray(0, at(1000)), said.subarray(at(1250)));
    expect(compare(holed)).toMatchObject({ lostAtStart: 0, lostLater: 250, doubled: 0 });
  });

  it('with one buffer missing, and its first ones stuttering', () => {
    const hiccuped = joined(said.subarray(0, at(1000)), said.subarray(at(1010)));
    hiccuped.fill(0, at(150), at(160));
    expect(compare(hiccuped)).toMatchObject({ lostAtStart: 0, lostLater: 0, doubled: 0, hiccups: 1 });
  });

  it('with silence in place of a piece', () => {
    const hushed = said.slice();
    hushed.fill(0, at(1000), at(1600));
    const { lostLater, doubled } = compare(hushed)!;
    expect(lostLater).toBeGreaterThan(300);
    expect(doubled).toBe(0);
  });

  it('with a piece that came twice', () => {
    const doubled = joined(said.subarray(0, at(1200)), said.subarray(at(800)));
    expect(compare(doubled)).toMatchObject({ lostAtStart: 0, lostLater: 0, doubled: 400 });
  });

  it('with a gap that nothing is missing from', () => {
    const gaping = joined(said.subarray(0, at(1000)), new Float32Array(at(300)), said.subarray(at(1000)));
    const found = compare(gaping)!;
    expect(found.inserted).toBeCloseTo(300, 0);
    expect(found.lostLater + found.doubled).toBeLessThan(1);
  });

  it('with a pause that became shorter', () => {
    const twice = joined(said, new Float32Array(at(800)), said.toReversed());
    const shorter = joined(said, new Float32Array(at(500)), said.toReversed());
    const found = continuity(align(shorter, twice, { rate }), shorter, twice, { rate });
    expect(found).toMatchObject({ lostLater: 0, doubled: 0 });
    expect(found!.reach.to).toBeGreaterThan((twice.length * 1000) / rate - 500);
  });

  it('nothing at all', () => {
    expect(compare(new Float32Array(at(1000)))).toBeNull();
  });
});

describe('The best match', () => {
  it('is found where a piece was taken from, louder or softer', () => {
    const piece = said.slice(at(500), at(600)).map((sample) => sample * 0.3);
    const { from, score } = bestMatch(piece, said);
    expect(from).toBe(at(500));
    expect(score).toBeCloseTo(1, 5);
  });
});
