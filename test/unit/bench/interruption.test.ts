import { describe, expect, it } from 'vitest';
import { mouthToEarMs } from '../../bench/sound/arrival.ts';
import { createRandom } from '../../../relay/local/faults/random.ts';
import { interruption, placeOf, playedMs } from '../../bench/sound/interruption.ts';

const rate = 24_000;
const at = (ms: number) => Math.round((ms * rate) / 1000);

/** Like nothing else, and the same every time. */
function noise(ms: number, seed: number): Float32Array {
  const random = createRandom(seed);
  return Float32Array.from({ length: at(ms) }, () => random() / 2 - 0.25);
}

function voiceUntil(ms: number): Float32Array {
  const voice = noise(3000, 1);
  voice.fill(0, at(ms));
  return voice;
}

const sides = (voice: Float32Array, gains: { sample: number; gain: number }[] = []) => ({
  rate,
  microphone: new Float32Array(voice.length),
  voice,
  gains,
});

describe('An interruption', () => {
  it('is as long as the voice goes on after the onset', () => {
    const found = interruption(sides(voiceUntil(1250), [{ sample: at(1030), gain: 0.2 }]), at(1000), 1500);
    expect(found!.toSilence).toBeCloseTo(250, -1);
    expect(found!.toDuck).toBeCloseTo(30, 1);
    expect(found!.lastSample).toBe(at(1250) - 1);
  });

  it('is none when the voice goes on', () => {
    expect(interruption(sides(noise(3000, 1)), at(1000), 1500)).toMatchObject({ toSilence: null, toDuck: null });
  });

  it('is not looked for where nobody spoke', () => {
    expect(interruption(sides(voiceUntil(300)), at(1000), 1500)).toBeNull();
  });

  it('tells how much of the answer was played', () => {
    const answer = noise(3000, 1);
    expect(playedMs(sides(voiceUntil(1250)), at(1250) - 1, answer)).toBeCloseTo(1250, 0);
    expect(playedMs(sides(noise(3000, 2)), at(1250), answer)).toBeNull();
  });

  it('tells it although the voice was made softer at the end', () => {
    const ducked = voiceUntil(1250).map((sample, index) => (index < at(1150) ? sample : sample * 0.2));
    const gains = [{ sample: at(1150), gain: 0.2 }];
    expect(playedMs(sides(ducked, gains), at(1250) - 1, noise(3000, 1))).toBeCloseTo(1250, 0);
  });

  it('is found by the sentence that was said', () => {
    const microphone = new Float32Array(at(4000));
    microphone.set(noise(800, 3), at(1500));
    expect(placeOf(noise(800, 3), microphone, rate)).toBe(at(1500));
    expect(placeOf(noise(800, 4), microphone, rate)).toBeNull();
  });
});

describe('From mouth to ear', () => {
  it('is how much later pieces come than their first sample was said', () => {
    const said = { samples: noise(2000, 5), at: 1_000_000 };
    const length = at(20);
    const heard = Array.from({ length: 80 }, (_none, index) => ({
      at: 1_000_000 + 100 + index * 20 + 35,
      samples: said.samples.slice(at(100) + index * length, at(100) + (index + 1) * length),
    }));
    expect(mouthToEarMs(said, heard, rate)).toBeCloseTo(35, 1);
  });

  it('is nothing when something else was heard', () => {
    expect(mouthToEarMs({ samples: noise(2000, 5), at: 0 }, [{ at: 5, samples: noise(900, 6) }], rate)).toBeNull();
  });
});
