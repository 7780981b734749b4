import { describe, expect, it } from 'vitest';
import { createHeldKey } from '../../../lib/coordinator/held-key.ts';
import { FakeClock } from '../../support/fake-clock.ts';

function hold() {
  const clock = new FakeClock();
  const told: string[] = [];
  const say = (word: string) => () => void told.push(`${word} at ${clock.now()}`);
  const key = createHeldKey({ down: say('down'), up: say('up') }, (ms, run) => clock.after(ms, run));
  /** The commands of a key that is held for so long, as measured on Linux. */
  const held = async (ms: number) => {
    const start = clock.now();
    for (let at = 0; at <= ms; at = at === 0 ? 660 : at + 40) {
      await clock.pass(start + at - clock.now());
      key.command();
    }
    await clock.pass(start + ms - clock.now());
  };
  return { clock, key, told, held };
}

describe('a shortcut that is held', () => {
  it('is one press, and is released when its repeats stop', async () => {
    const { clock, told, held } = hold();
    await held(2000);
    expect(told).toEqual(['down at 0']);
    await clock.pass(1000);
    // The last repeat came at 1980.
    expect(told).toEqual(['down at 0', 'up at 2230']);
  });

  it('is released by the pill sooner, and only once', async () => {
    const { clock, key, told, held } = hold();
    await held(2000);
    key.released();
    // One that was on its way already.
    key.command();
    await clock.pass(5000);
    expect(told).toEqual(['down at 0', 'up at 2000']);
  });

  it('is released by the pill before any repeat', async () => {
    const { clock, key, told } = hold();
    key.command();
    await clock.pass(300);
    key.released();
    await clock.pass(5000);
    expect(told).toEqual(['down at 0', 'up at 300']);
  });

  it('survives a repeat that comes late', async () => {
    const { clock, key, told } = hold();
    for (const pause of [0, 660, 240, 240]) {
      await clock.pass(pause);
      key.command();
    }
    expect(told).toEqual(['down at 0']);
  });
});

describe('a short press that nobody saw end', () => {
  it('is no release; the next one is a press again', async () => {
    const { clock, key, told } = hold();
    key.command();
    await clock.pass(5000);
    expect(told).toEqual(['down at 0']);
    key.command();
    expect(told).toEqual(['down at 0', 'down at 5000']);
  });

  it('is released by a pill however late, where the system repeats nothing', async () => {
    const { clock, key, told } = hold();
    key.command();
    await clock.pass(4000);
    key.released();
    expect(told).toEqual(['down at 0', 'up at 4000']);
  });
});

it('presses as quick as a hand can make them are all heard', async () => {
  const { clock, key, told } = hold();
  key.command();
  await clock.pass(80);
  key.released();
  await clock.pass(150);
  key.command();
  expect(told).toEqual(['down at 0', 'up at 80', 'down at 230']);
});
