import { describe, expect, it } from 'vitest';
import { idleAfter, idleFrom, idleState, type Idle, type IdlePolicy, type Sign } from '../../../lib/call/idle.ts';

const policy: IdlePolicy = { afterMs: 180_000, warningMs: 30_000 };

/** What happened, in seconds. */
function call(...signs: [atS: number, sign: Sign][]): Idle {
  return signs.reduce((idle, [at, sign]) => idleAfter(idle, sign, at * 1000), idleFrom(0));
}
const after = (idle: Idle, seconds: number) => idleState(idle, seconds * 1000, policy).what;

describe('a call that nobody uses', () => {
  it('warns half a minute before it ends, and says when to look again', () => {
    expect(idleState(idleFrom(0), 0, policy)).toEqual({ what: 'alive', againMs: 150_000 });
    expect(idleState(idleFrom(0), 150_000, policy)).toEqual({ what: 'warn', againMs: 30_000 });
    expect(idleState(idleFrom(0), 180_000, policy)).toEqual({ what: 'end', againMs: null });
  });

  it('is not kept alive by noise, however long it lasts', () => {
    const noisy = call(...Array.from({ length: 1000 }, (_, at): [number, Sign] => [at / 6, 'noise']));
    expect(after(noisy, 180)).toBe('end');
  });

  it('is kept alive by words, typing and keys', () => {
    const used = call([100, 'person']);
    expect(after(used, 249)).toBe('alive');
    expect(after(used, 250)).toBe('warn');
    expect(after(used, 280)).toBe('end');
  });

  it('is not ended in the middle of a long turn of the person’s own', () => {
    const speaking = call(...Array.from({ length: 300 }, (_, at): [number, Sign] => [at, 'voice-in-own-turn']));
    expect(after(speaking, 300)).toBe('alive');
  });

  it('is not ended in the middle of an answer; the silence begins when it is over', () => {
    const reading = call([1, 'person'], [2, 'busy']);
    expect(idleState(reading, 900_000, policy)).toEqual({ what: 'alive', againMs: null });
    const over = idleAfter(reading, 'at-rest', 900_000);
    expect(after(over, 1049)).toBe('alive');
    expect(after(over, 1080)).toBe('end');
  });

  it('is not kept alive by its own warning, but by what a person answers', () => {
    const warned = call([150, 'warned'], [151, 'busy'], [155, 'at-rest']);
    expect(after(warned, 156)).toBe('warn');
    expect(after(warned, 180)).toBe('end');
    expect(after(idleAfter(warned, 'person', 170_000), 180)).toBe('alive');
  });

  it('is not kept alive by answers that only noise led to', () => {
    const signs: [number, Sign][] = [];
    for (let at = 20; at < 600; at += 20) signs.push([at, 'noise'], [at + 1, 'busy'], [at + 4, 'at-rest']);
    expect(after(call(...signs), 600)).toBe('end');
  });

  it('stays as long as the person likes when they have switched this off', () => {
    const never = { ...policy, afterMs: null };
    expect(idleState(idleFrom(0), 86_400_000, never)).toEqual({ what: 'alive', againMs: null });
  });

  it('that ends after less than the warning warns at once', () => {
    expect(idleState(idleFrom(0), 0, { afterMs: 20_000, warningMs: 30_000 })).toEqual({
      what: 'warn',
      againMs: 20_000,
    });
  });
});
