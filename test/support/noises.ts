/**
 * Recordings of everything that is not speech, made by sums and chance: nothing was recorded, and a scene is its kind,
 * length and seed. How each is made:
 *
 * - `quiet-room`: pink noise at -68 dBFS, and creaks as soft as it.
 * - `white`, `pink`, `brown`: white noise, filtered, with swells of up to 5 dB that last 1.5 to 5 s.
 * - `fan`: low-passed pink noise with the blades' tone. `hum`: mains and 13 overtones. Both from silence to full within
 *   a fifth of a second, somewhere in the first 3 s.
 * - `street`: brown rumble with passing cars.
 * - `keyboard`: bursts of 4 to 9 keys a second with pauses; a key is a click, a thock and a release.
 * - `mouse`: single and double clicks. `knocks`: knuckles on a door in twos to fives, and doors that fall shut.
 * - `coughs`: bouts of one to three (burst, rush of air, sometimes a rough tone), and breaths.
 * - `dishes`: modes without harmony that ring for up to 0.7 s.
 * - `music`: chords, bass, drums, melody with vibrato; key, tempo, timbres and parts by the seed; a song a half minute.
 *
 * All but the quiet room lie over a quiet room. Levels are those of a desk microphone with automatic gain.
 */
import { breath, cough } from './noises/breath.ts';
import { music } from './noises/music.ts';
import { chance, type Chance } from './noises/random.ts';
import { amplitude, filter, mix, rate, rmsAt, scaled, secondsOf, swell, whiteNoise } from './noises/sound.ts';
import { brownNoise, fan, mainsHum, pinkNoise, quietRoom, street } from './noises/steady.ts';
import { dish, keyboard, keyPress, knock, mouseClick, slam } from './noises/strikes.ts';

export const noiseKinds = [
  'quiet-room',
  'white',
  'pink',
  'brown',
  'fan',
  'hum',
  'street',
  'keyboard',
  'mouse',
  'knocks',
  'coughs',
  'dishes',
  'music',
] as const;
export type NoiseKind = (typeof noiseKinds)[number];

export interface NoiseEvent {
  what: string;
  atS: number;
}

export interface NoiseScene {
  kind: NoiseKind;
  /** Mono at 24 kHz, -1 to 1. */
  samples: Float32Array;
  rate: 24_000;
  /** What begins, in order; empty where a noise only goes on. */
  events: NoiseEvent[];
}

interface Stage {
  chance: Chance;
  length: number;
  samples: Float32Array;
  events: NoiseEvent[];
}

export function noiseScene(kind: NoiseKind, seconds: number, seed: number): NoiseScene {
  const drawn = chance(seed * 7919 + noiseKinds.indexOf(kind));
  const length = secondsOf(seconds);
  const stage: Stage = { chance: drawn, length, samples: rmsAt(quietRoom(drawn, length), -68), events: [] };
  makers[kind](stage);
  const samples = stage.samples.map((sample) => Math.max(-1, Math.min(1, sample)));
  return { kind, samples, rate, events: stage.events.toSorted((a, b) => a.atS - b.atS) };
}

const makers: Record<NoiseKind, (stage: Stage) => void> = {
  'quiet-room': () => {},
  white: (stage) => swelling(stage, whiteNoise(stage.chance, stage.length)),
  pink: (stage) => swelling(stage, pinkNoise(stage.chance, stage.length)),
  brown: (stage) => swelling(stage, filter(brownNoise(stage.chance, stage.length), 'high', 40)),
  fan: (stage) => switchedOn(stage, fan(stage.chance, stage.length), stage.chance.between(-48, -34)),
  hum: (stage) => switchedOn(stage, mainsHum(stage.chance, stage.length), stage.chance.between(-50, -36)),
  street: (stage) => mix(stage.samples, rmsAt(street(stage.chance, stage.length), stage.chance.between(-46, -34)), 0),
  keyboard: typing,
  mouse: (stage) =>
    now(stage, [0.4, 2.5], (atS) => {
      const level = stage.chance.between(-34, -20);
      place(stage, 'click', mouseClick(stage.chance), atS, level);
      if (stage.chance.next() < 0.3) place(stage, 'click', mouseClick(stage.chance), atS + 0.2, level);
    }),
  knocks: (stage) =>
    now(stage, [2, 5], (atS) => {
      const level = stage.chance.between(-26, -8);
      if (stage.chance.next() < 0.25) return place(stage, 'slam', slam(stage.chance), atS, level);
      const everyS = stage.chance.between(0.14, 0.32);
      for (let count = stage.chance.whole(2, 5); count > 0; count -= 1) {
        place(stage, 'knock', knock(stage.chance), atS + count * everyS, level + stage.chance.between(-3, 3));
      }
    }),
  coughs: (stage) =>
    now(stage, [2, 5], (atS) => {
      const level = stage.chance.between(-24, -8);
      if (stage.chance.next() < 0.3) return place(stage, 'breath', breath(stage.chance), atS, level - 16);
      const everyS = stage.chance.between(0.32, 0.5);
      for (let count = stage.chance.whole(1, 3); count > 0; count -= 1) {
        place(stage, 'cough', cough(stage.chance), atS + count * everyS, level);
      }
    }),
  dishes: (stage) =>
    now(stage, [0.2, 1.8], (atS) => {
      const count = stage.chance.whole(1, 3);
      for (let each = 0; each < count; each += 1) {
        place(
          stage,
          'dish',
          dish(stage.chance),
          atS + each * stage.chance.between(0.03, 0.2),
          stage.chance.between(-34, -14),
        );
      }
    }),
  music: songs,
};

function swelling(stage: Stage, noise: Float32Array): void {
  mix(stage.samples, rmsAt(swell(rmsAt(noise, -40), stage.chance, 5), stage.chance.between(-48, -32)), 0);
}

function switchedOn(stage: Stage, noise: Float32Array, level: number): void {
  const atS = stage.chance.between(0.5, 3);
  const rise = rmsAt(noise, level).map((sample, index) => sample * Math.min(1, index / secondsOf(0.2)));
  mix(stage.samples, rise, atS);
  stage.events.push({ what: 'on', atS });
}

function typing(stage: Stage): void {
  const keys = keyboard(stage.chance);
  const level = stage.chance.between(-32, -16);
  now(stage, [0.5, 2.5], (atS) => {
    const everyS = 1 / stage.chance.between(4, 9);
    let keyAtS = atS;
    for (let count = stage.chance.whole(4, 25); count > 0; count -= 1) {
      place(stage, 'key', keyPress(stage.chance, keys), keyAtS, level + stage.chance.between(-5, 3));
      keyAtS += everyS * stage.chance.between(0.5, 1.6);
    }
    return keyAtS;
  });
}

function songs(stage: Stage): void {
  const songS = 30;
  const pauseS = 2;
  for (let atS = stage.chance.between(0.5, 2); atS < stage.length / rate; atS += songS) {
    const song = rmsAt(music(stage.chance, secondsOf(songS - pauseS)), stage.chance.between(-38, -22));
    mix(stage.samples, song, atS);
    stage.events.push({ what: 'song', atS });
  }
}

/** Something happens again and again, with pauses in a range of seconds; it may tell when it is over. */
function now(stage: Stage, [least, most]: [number, number], happen: (atS: number) => number | void): void {
  for (let atS = stage.chance.between(least, most); atS < stage.length / rate;) {
    atS = (happen(atS) ?? atS) + stage.chance.between(least, most);
  }
}

function place(stage: Stage, what: string, sound: Float32Array, atS: number, level: number): void {
  mix(stage.samples, scaled(sound, amplitude(level)), atS);
  if (secondsOf(atS) < stage.length) stage.events.push({ what, atS });
}
