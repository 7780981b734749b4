import { describe, expect, it } from 'vitest';
import { doubt, lifeFrom, lifePolicy, look, sign, type Life, type Verdict } from '../../../lib/session/life.ts';

/** Looks whenever it wants to, from 0 on. `asleep`: no look between these times. */
function watch(untilMs: number, signs: number[], asleep: [from: number, to: number] = [Infinity, Infinity]) {
  let life: Life = lifeFrom(0);
  const seen: { at: number; verdict: Verdict; ask: boolean }[] = [];
  const due = [...signs];
  for (let at = 0; at <= untilMs;) {
    while (due.length > 0 && due[0]! <= at) life = sign(life, due.shift()!);
    const now = look(life, at);
    life = now.life;
    seen.push({ at, verdict: now.verdict, ask: now.ask });
    at += now.againMs;
    if (at > asleep[0] && at < asleep[1]) at = asleep[1];
  }
  return seen;
}

const first = (seen: ReturnType<typeof watch>, verdict: Verdict) => seen.find((each) => each.verdict === verdict)?.at;

describe('a line', () => {
  it('from which something comes every second is alive, and never asked', () => {
    const seen = watch(
      60_000,
      Array.from({ length: 60 }, (_, index) => index * 1000),
    );
    expect(seen.every(({ verdict, ask }) => verdict === 'alive' && !ask)).toBe(true);
  });

  it('that answers when it is asked stays alive, however quiet the call is', () => {
    const answers = Array.from({ length: 30 }, (_, index) => (index + 1) * 3050);
    const seen = watch(60_000, answers);
    expect(seen.every(({ verdict }) => verdict === 'alive')).toBe(true);
    expect(seen.filter(({ ask }) => ask).length).toBeGreaterThan(10);
  });

  it('that is dead is in doubt 5.5 s after its last sign, and given up 2.5 s later', () => {
    const seen = watch(20_000, []);
    expect(first(seen, 'doubtful')).toBe(lifePolicy.quietMs + lifePolicy.doubtMs);
    expect(first(seen, 'dead')).toBe(lifePolicy.quietMs + lifePolicy.deadMs);
  });

  it('that answers late is alive again', () => {
    const seen = watch(12_000, [6000]);
    expect(first(seen, 'doubtful')).toBe(5500);
    expect(seen.find(({ at }) => at > 6000)?.verdict).toBe('alive');
    expect(first(seen, 'dead')).toBeUndefined();
  });

  it('is asked at once after sleep, and has the whole time to answer', () => {
    const seen = watch(80_000, [], [1000, 61_000]);
    const woke = seen.find(({ at }) => at >= 61_000);
    expect(woke).toEqual({ at: 61_000, verdict: 'alive', ask: true });
    expect(first(seen, 'dead')).toBe(61_000 + lifePolicy.deadMs);
  });

  it('is asked at once when there is a reason for doubt', () => {
    expect(look(doubt(sign(lifeFrom(0), 100)), 200)).toMatchObject({ ask: true, verdict: 'alive' });
  });
});
