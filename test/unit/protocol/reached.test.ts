import { describe, expect, it } from 'vitest';
import { errorEnvelope } from '../../../lib/protocol/grant.ts';
import { me } from '../../../lib/protocol/me.ts';
import { parseServerEvent } from '../../../lib/protocol/realtime.ts';
import type { ReachedLimit } from '../../../lib/protocol/reached.ts';

const limit: ReachedLimit = { of: 'person', what: 'usd', per: 'day', most: 5, resetsAt: 1_795_219_200 };

/** Where a relay says it: what became of `said`. */
const places: [string, (said: object) => { limit?: unknown } | null | undefined][] = [
  ['a refusal', (said) => errorEnvelope.parse({ error: { message: 'No.', ...said } }).error],
  ['/v1/me', (said) => me.parse({ limits: [], ended: { callId: 'rtc_1', message: 'No.', ...said } }).ended],
  [
    'an event of a socket',
    (said) => {
      const parsed = parseServerEvent(JSON.stringify({ type: 'error', error: { message: 'No.', ...said } }));
      return parsed.kind === 'event' && parsed.event.type === 'error' ? parsed.event.error : null;
    },
  ],
];

describe.each(places)('the limit in %s', (_, read) => {
  it('is read', () => {
    expect(read({ limit })).toMatchObject({ message: 'No.', limit });
    expect(read({ limit: { ...limit, per: null, resetsAt: null, new: 1 } })?.limit).toEqual({
      ...limit,
      per: null,
      resetsAt: null,
    });
  });

  it.each([
    undefined,
    null,
    [],
    'usd/day=5',
    {},
    { ...limit, of: 'team' },
    { ...limit, of: '__proto__' },
    { ...limit, what: 'tokens' },
    { ...limit, per: 'year' },
    { ...limit, most: -1 },
    { ...limit, most: 1e300 },
    { ...limit, most: '5' },
    { ...limit, resetsAt: -1 },
    // Further than a date can be.
    { ...limit, resetsAt: 9e15 },
    { ...limit, resetsAt: '<b>soon</b>' },
  ])('that is %j is none, and the words beside it stay', (wrong) => {
    const seen = read({ limit: wrong });
    expect(seen).toMatchObject({ message: 'No.' });
    expect(seen?.limit).toBeUndefined();
  });
});
