import { describe, expect, it } from 'vitest';
import { takeWalk, takeWalks, type WalkStep } from '../../faults/walks/walk.ts';

describe('a call that lives through whatever comes', () => {
  // The same ones each time; thousands of others are walked with the faults.
  it('is sane at every step, over or live a minute later, and then starts again', () => takeWalks(150, 7), 120_000);

  // Each of these once went wrong.
  it.each<[string, WalkStep[]]>([
    [
      'a new line that goes before it was up is closed too',
      [
        ['start a typed call', 0, 1000],
        ['have attempts fail', 275, 0],
        ['make the provider silent', 46, 0],
      ],
    ],
    [
      'an old line is not heard',
      [
        ['start a typed call', 0, 9000],
        ['lose the line', 0, 0],
        ['hear from an old line', 192, 0],
      ],
    ],
    [
      'a clock that is set back does not make it wait an hour for another line',
      [
        ['start a spoken call', 0, 3000],
        ['have attempts fail', 540, 0],
        ['lose the line', 0, 0],
        ['set the clock, or sleep', 22, 0],
      ],
    ],
    [
      'a line that was prepared and never greeted us is not waited for',
      [
        ['have attempts fail', 1016, 0],
        ['have waiting be free', 0, 0],
        ['open a view', 0, 20_000],
      ],
    ],
    [
      'a microphone that opens just when it ends leaves nothing behind',
      [
        ['start a typed call', 64, 9000],
        ['start a spoken call', 0, 0],
        ['set the clock, or sleep', 32, 0],
      ],
    ],
  ])('%s', async (_, path) => {
    expect(await takeWalk(0, path)).toEqual([]);
  });
});
