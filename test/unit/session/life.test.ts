import { describe, expect, it } from 'vitest';
import { doubt, heard, lifeFrom, look, quietMs, said, type Life, type Verdict } from '../../../lib/session/life.ts';

interface Comes {
  /** Events of the provider, answers to being asked, and other packets: when they come. */
  events?: number[];
  answers?: number[];
  packets?: number[];
  doubtAt?: number;
}

/** Looks whenever it wants to, from 0 on. */
function watch(untilMs: number, { events = [], answers = [], packets = [], doubtAt = Infinity }: Comes = {}) {
  let life: Life = lifeFrom(0);
  const seen: { at: number; verdict: Verdict; ask: boolean }[] = [];
  const happenings = [
    ...events.map((at) => ({ at, change: (before: Life) => said(before, at, false) })),
    ...answers.map((at) => ({ at, change: (before: Life) => said(before, at, true) })),
    ...packets.map((at) => ({ at, change: (before: Life) => heard(before, at) })),
    { at: doubtAt, change: doubt },
  ].toSorted((a, b) => a.at - b.at);
  for (let at = 0; at <= untilMs;) {
    while (happenings[0] && happenings[0].at <= at) life = happenings.shift()!.change(life);
    const now = look(life, at);
    life = now.life;
    seen.push({ at, verdict: now.verdict, ask: now.ask });
    at += Math.max(now.againMs, 1);
  }
  return seen;
}

type Seen = ReturnType<typeof watch>;
const every = (ms: number, untilMs: number) => Array.from({ length: untilMs / ms }, (_, index) => (index + 1) * ms);
const first = (seen: Seen, verdict: Verdict) => seen.find((each) => each.verdict === verdict)?.at;
const asks = (seen: Seen) => seen.filter(({ ask }) => ask).length;
const isAlive = (seen: Seen) => seen.every(({ verdict }) => verdict === 'alive');

describe('a line', () => {
  it('from which something comes every second is alive, and never asked', () => {
    const seen = watch(60_000, { events: every(1000, 60_000) });
    expect(isAlive(seen)).toBe(true);
    expect(asks(seen)).toBe(0);
  });

  it('on which only packets come is asked now and then, whether anybody is behind them', () => {
    const seen = watch(60_000, { packets: every(500, 60_000), answers: [20_100, 40_200] });
    expect(isAlive(seen)).toBe(true);
    expect(asks(seen)).toBe(2);
  });

  it('that answers when it is asked stays alive, however quiet the call is', () => {
    const seen = watch(60_000, { answers: every(quietMs + 50, 60_000) });
    expect(isAlive(seen)).toBe(true);
    expect(asks(seen)).toBeGreaterThan(10);
  });

  it('that is dead is in doubt within 5.5 s of its last sign, and given up 2.2 s later', () => {
    const seen = watch(20_000, { packets: [700] });
    expect(first(seen, 'doubtful')).toBeLessThanOrEqual(700 + 5500);
    expect(first(seen, 'dead')).toBe(first(seen, 'doubtful')! + 2200);
  });

  it('that answers late is alive again', () => {
    const seen = watch(12_000, { events: [6000] });
    expect(first(seen, 'doubtful')).toBe(quietMs + 2500);
    expect(seen.find(({ at }) => at > 6000)?.verdict).toBe('alive');
    expect(first(seen, 'dead')).toBeUndefined();
  });

  it('that is bad, and lets only some packets through, is not given up for one lost answer', () => {
    const seen = watch(37_000, { packets: every(1500, 37_000), answers: [36_000] });
    expect(first(seen, 'doubtful')).toBeGreaterThan(20_000);
    expect(first(seen, 'dead')).toBeUndefined();
    expect(seen.at(-1)?.verdict).toBe('alive');
  });

  it('on which packets come, but no word for long, is dead', () => {
    expect(first(watch(60_000, { packets: every(500, 60_000) }), 'dead')).toBe(40_000);
  });
});

describe('a line of which there is doubt', () => {
  it('is asked at once, and believed when it has answered', () => {
    const seen = watch(3000, { doubtAt: 500, answers: [1700] });
    const atOnce = seen.find(({ ask }) => ask);
    expect(atOnce).toMatchObject({ verdict: 'doubtful' });
    expect(seen.filter(({ at }) => at > 1700).every(({ verdict }) => verdict === 'alive')).toBe(true);
  });

  it('is not believed for what was on its way before, nor for a packet', () => {
    const seen = watch(4000, { doubtAt: 500, events: [1200], packets: every(300, 4000) });
    expect(seen.at(-1)?.verdict).toBe('doubtful');
    expect(asks(seen)).toBe(1);
  });

  it('has the whole time to answer, and is dead when it does not', () => {
    const seen = watch(20_000, { doubtAt: 900 });
    expect(first(seen, 'dead')! - seen.find(({ ask }) => ask)!.at).toBe(4700);
  });
});
