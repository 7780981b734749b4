/**
 * Music: chords, bass, drums and a melody with vibrato, in a key, at a tempo, with a timbre for each part, all drawn from
 * the seed. Every tone is a sum of sines; drums are noise and falling sines.
 */
import type { Chance } from './random.ts';
import { filter, inRoom, mix, rate, secondsOf, strike, whiteNoise } from './sound.ts';

interface Timbre {
  /** Strength of each overtone, from the first. */
  overtones: number[];
  attackS: number;
  /** To -60 dB; 0: as loud as it was until it is let go. */
  fallS: number;
  vibrato: number;
}

const falling = (count: number, power: number) =>
  Array.from({ length: count }, (_none, index) => 1 / (index + 1) ** power);
const odd = (count: number) => falling(count, 1.2).map((level, index) => (index % 2 ? level * 0.1 : level));

const piano: Timbre = { overtones: falling(9, 1.5), attackS: 0.004, fallS: 2.2, vibrato: 0 };
const guitar: Timbre = { overtones: falling(12, 1.1), attackS: 0.003, fallS: 1.1, vibrato: 0 };
const organ: Timbre = { overtones: [1, 0.7, 0.1, 0.5, 0.05, 0.2, 0, 0.3], attackS: 0.02, fallS: 0, vibrato: 0.001 };
const pad: Timbre = { overtones: falling(10, 1.3), attackS: 0.25, fallS: 0, vibrato: 0.002 };
const strings: Timbre = { overtones: falling(16, 1), attackS: 0.08, fallS: 0, vibrato: 0.006 };
const flute: Timbre = { overtones: [1, 0.35, 0.12, 0.05], attackS: 0.05, fallS: 0, vibrato: 0.008 };
const clarinet: Timbre = { overtones: odd(11), attackS: 0.03, fallS: 0, vibrato: 0.004 };
const brass: Timbre = { overtones: falling(14, 0.8), attackS: 0.04, fallS: 0, vibrato: 0.005 };
const bass: Timbre = { overtones: falling(5, 1.4), attackS: 0.006, fallS: 0.9, vibrato: 0 };

const hertzOf = (note: number) => 440 * 2 ** ((note - 69) / 12);

/** One tone of `seconds`, let go within 60 ms; vibrato at 5.5 Hz sets in after a fifth of a second, as players do it. */
function tone(note: number, seconds: number, timbre: Timbre): Float32Array {
  const samples = new Float32Array(secondsOf(seconds + 0.06));
  const hertz = hertzOf(note);
  const audible = timbre.overtones.slice(0, Math.max(1, Math.floor(11_000 / hertz)));
  let phase = 0;
  for (let index = 0; index < samples.length; index += 1) {
    const at = index / rate;
    const depth = timbre.vibrato * Math.min(1, Math.max(0, (at - 0.2) * 5));
    phase += (2 * Math.PI * hertz * (1 + depth * Math.sin(2 * Math.PI * 5.5 * at))) / rate;
    let sum = 0;
    for (const [overtone, strength] of audible.entries()) sum += strength * Math.sin(phase * (overtone + 1));
    const rise = Math.min(1, at / timbre.attackS);
    const fall = timbre.fallS > 0 ? Math.exp((-6.9 * at) / timbre.fallS) : 1;
    const release = Math.min(1, Math.max(0, (seconds + 0.06 - at) / 0.06));
    samples[index] = 0.1 * sum * rise * fall * release;
  }
  return samples;
}

/** A sine that falls from 130 to 45 Hz. */
function kick(): Float32Array {
  let phase = 0;
  const samples = new Float32Array(secondsOf(0.25)).map((_zero, index) => {
    phase += (2 * Math.PI * (45 + 85 * Math.exp((-index / rate) * 25))) / rate;
    return 0.7 * Math.sin(phase);
  });
  return strike(samples, 0.002, 0.25);
}

function snare(chance: Chance): Float32Array {
  const samples = strike(filter(whiteNoise(chance, secondsOf(0.2)), 'high', 1500), 0.001, 0.16);
  const skin = strike(tone(54, 0.1, { ...piano, overtones: [1, 0.5] }), 0.001, 0.1);
  mix(samples, skin, 0, 3);
  return samples.map((sample) => sample * 0.18);
}

function hat(chance: Chance, fallS: number): Float32Array {
  return strike(filter(whiteNoise(chance, secondsOf(fallS)), 'high', 6500), 0.001, fallS).map(
    (sample) => sample * 0.07,
  );
}

/** Steps of the scale for roots of four bars. */
const progressions = [
  [0, 5, 3, 4],
  [0, 4, 5, 3],
  [5, 3, 0, 4],
  [0, 3, 4, 4],
  [0, 2, 3, 4],
] as const;
const major = [0, 2, 4, 5, 7, 9, 11];
const minor = [0, 2, 3, 5, 7, 8, 10];

export function music(chance: Chance, length: number): Float32Array {
  const samples = new Float32Array(length);
  const beatS = 60 / chance.between(66, 152);
  const tonic = chance.whole(48, 59);
  const scale = chance.pick([major, minor]);
  const note = (step: number) => tonic + 12 * Math.floor(step / 7) + (scale[((step % 7) + 7) % 7] ?? 0);
  const progression = chance.pick(progressions);
  const chords = chance.pick([piano, guitar, organ, pad, strings]);
  const lead = chance.pick([flute, clarinet, strings, brass, piano, guitar]);
  const [hasDrums, hasBass, hasLead] = [chance.next() < 0.7, chance.next() < 0.8, chance.next() < 0.8];
  const strums = chance.pick([1, 2, 4]);
  let leadStep = chance.whole(4, 9);
  for (let bar = 0; bar * 4 * beatS < length / rate; bar += 1) {
    const startS = bar * 4 * beatS;
    const root = progression[bar % 4] ?? 0;
    for (let strum = 0; strum < strums; strum += 1) {
      const lasts = (4 * beatS) / strums;
      for (const step of [0, 2, 4])
        mix(samples, tone(note(root + step), lasts * 0.95, chords), startS + strum * lasts, 0.6);
    }
    for (let beat = 0; beat < 4; beat += 1) {
      const atS = startS + beat * beatS;
      if (hasBass) mix(samples, tone(note(root) - 24 + (beat % 2 ? 7 : 0), beatS * 0.9, bass), atS, 1.4);
      if (hasDrums) {
        mix(samples, beat % 2 ? snare(chance) : kick(), atS);
        mix(samples, hat(chance, 0.05), atS);
        mix(samples, hat(chance, 0.09), atS + beatS / 2);
      }
    }
    if (!hasLead) continue;
    for (let [beat, lasts] = [0, 0]; beat < 4; beat += lasts) {
      lasts = chance.pick([0.5, 0.5, 1, 1, 2]);
      leadStep = Math.max(3, Math.min(13, leadStep + chance.whole(-2, 2)));
      if (chance.next() < 0.85)
        mix(samples, tone(note(leadStep), lasts * beatS * 0.92, lead), startS + beat * beatS, 1.1);
    }
  }
  // A small loudspeaker in a room.
  return filter(inRoom(samples, chance, 0.3).subarray(0, length), 'high', 140);
}
