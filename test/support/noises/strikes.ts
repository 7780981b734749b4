/** Things that are struck: keys, buttons, doors, dishes. Each function makes one sound; its loudest sample is 1. */
import type { Chance } from './random.ts';
import { filter, inRoom, mix, peakAt, ring, secondsOf, strike, whiteNoise } from './sound.ts';

/** One keyboard: how its keys sound does not change while somebody types on it. */
export interface Keyboard {
  clack: number;
  thock: number;
  ringS: number;
}

export function keyboard(chance: Chance): Keyboard {
  return { clack: chance.between(1800, 4500), thock: chance.between(180, 600), ringS: chance.between(0.015, 0.06) };
}

/** The finger lands (a click), the key bottoms out (a dull thock), and comes back up more quietly. */
export function keyPress(chance: Chance, { clack, thock, ringS }: Keyboard): Float32Array {
  const samples = new Float32Array(secondsOf(0.25));
  const click = () => filter(whiteNoise(chance, secondsOf(0.03)), 'band', clack * chance.between(0.85, 1.15), 1.2);
  const land = chance.between(0.004, 0.015);
  mix(samples, strike(click(), 0.0005, 0.012), 0, 0.5);
  mix(samples, strike(click(), 0.0005, ringS), land, 1);
  const body = ring(secondsOf(0.1), [
    { hertz: thock * chance.between(0.9, 1.1), fallS: ringS * 1.5, level: 0.9 },
    { hertz: thock * chance.between(2.2, 2.9), fallS: ringS, level: 0.5 },
  ]);
  mix(samples, body, land, chance.between(0.3, 1));
  mix(samples, strike(click(), 0.0005, 0.012), land + chance.between(0.06, 0.12), chance.between(0.2, 0.5));
  return peakAt(samples, 0);
}

/** Down and up, with a very short ring of the shell. */
export function mouseClick(chance: Chance): Float32Array {
  const samples = new Float32Array(secondsOf(0.2));
  const hertz = chance.between(2500, 5500);
  const tick = () => strike(filter(whiteNoise(chance, secondsOf(0.015)), 'band', hertz, 2), 0.0003, 0.006);
  mix(samples, tick(), 0);
  mix(samples, tick(), chance.between(0.06, 0.13), 0.7);
  return peakAt(samples, 0);
}

/** Knuckles on a board: a short burst drives three low modes; the room answers. */
export function knock(chance: Chance): Float32Array {
  const board = chance.between(90, 230);
  const samples = ring(secondsOf(0.2), [
    { hertz: board, fallS: chance.between(0.06, 0.16), level: 1 },
    { hertz: board * chance.between(2.1, 2.8), fallS: chance.between(0.04, 0.1), level: 0.7 },
    { hertz: board * chance.between(4.5, 6.5), fallS: 0.03, level: 0.4 },
  ]);
  mix(samples, strike(filter(whiteNoise(chance, secondsOf(0.02)), 'low', 3000), 0.0005, 0.012), 0, 0.8);
  return peakAt(inRoom(samples, chance, 0.25), 0);
}

/** A door falls shut: a thump, the latch, a longer room. */
export function slam(chance: Chance): Float32Array {
  const board = chance.between(45, 110);
  const samples = ring(secondsOf(0.5), [
    { hertz: board, fallS: 0.4, level: 1 },
    { hertz: board * 2.3, fallS: 0.2, level: 0.5 },
  ]);
  const thump = filter(whiteNoise(chance, secondsOf(0.25)), 'low', chance.between(400, 1200));
  mix(samples, strike(thump, 0.002, 0.18), 0, 4);
  const latch = filter(whiteNoise(chance, secondsOf(0.02)), 'band', 2800, 2);
  mix(samples, strike(latch, 0.0005, 0.01), chance.between(0.01, 0.05), 0.8);
  return peakAt(inRoom(samples, chance, 0.5), 0);
}

/** Plates, glasses, cutlery: modes without harmony, high, that ring as long as the thing is free. */
export function dish(chance: Chance): Float32Array {
  const lowest = chance.between(700, 2600);
  const free = chance.between(0.05, 0.7);
  const modes = Array.from({ length: 7 }, (_none, index) => ({
    hertz: lowest * (1 + index * chance.between(0.35, 0.8)),
    fallS: free * chance.between(0.4, 1),
    level: chance.between(0.2, 1) / (index + 1),
  })).filter(({ hertz }) => hertz < 11_000);
  const samples = ring(secondsOf(free + 0.05), modes);
  mix(samples, strike(filter(whiteNoise(chance, secondsOf(0.01)), 'high', 2000), 0.0003, 0.006), 0, 0.6);
  return peakAt(inRoom(samples, chance, 0.15), 0);
}
