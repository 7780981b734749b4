import { describe, expect, it } from 'vitest';
import type { MyLimit } from '../../../lib/protocol/me.ts';
import { allowedBy } from '../../../lib/session/relay-call.ts';

const now = Date.UTC(2026, 10, 20, 10, 30);
const inMinutes = (minutes: number) => now / 1000 + minutes * 60;
const limit = (change: Partial<MyLimit>): MyLimit => ({
  of: 'person',
  what: 'minutes',
  per: 'day',
  most: 60,
  left: 60,
  resetsAt: inMinutes(600),
  ...change,
});

describe('what a relay allows a call', () => {
  it('is all that there is where it limits nothing that a call uses', () => {
    const others = [limit({ what: 'requests', left: 1 }), limit({ what: 'calls', per: null, left: 2 })];
    for (const limits of [[], others, [limit({ what: 'tokens', left: 1 })]]) {
      expect(allowedBy(limits, now)).toEqual({ ms: null, usd: null });
    }
  });

  it('is the least that any of its limits leaves', () => {
    const limits = [
      limit({ left: 50 }),
      limit({ per: 'call', most: 30, left: 30, resetsAt: null }),
      limit({ what: 'usd', left: 3 }),
      limit({ what: 'usd', of: 'all', per: 'month', left: 0.5 }),
    ];
    expect(allowedBy(limits, now)).toEqual({ ms: 30 * 60_000, usd: 0.5 });
  });

  it('is not what is given anew before it is used up', () => {
    const hour = limit({ per: 'hour', left: 40, resetsAt: inMinutes(30) });
    expect(allowedBy([hour], now).ms).toBeNull();
    expect(allowedBy([hour, limit({ left: 45 })], now).ms).toBe(45 * 60_000);
    expect(allowedBy([{ ...hour, left: 20 }], now).ms).toBe(20 * 60_000);
  });
});
