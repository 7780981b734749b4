import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WarmLine } from '../../../lib/call/warm-line.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import type { News } from '../../../lib/session/news.ts';
import type { Session, SessionParts } from '../../../lib/session/session.ts';
import { plan } from './play.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const grant: Grant = {
  value: 'ek',
  issuedAt: 1000,
  expiresAt: 1100,
  freeWhileIdle: true,
  model: 'm',
  voice: 'v',
  provider: 'p',
  transports: [],
};

function setTheStage(given: Partial<Grant> = {}, refusals = 0) {
  let refused = 0;
  const known = new Set<string>();
  const knownRelays = {
    has: (url: string) => known.has(url),
    add: (url: string) => void known.add(url),
    remove: (url: string) => void known.delete(url),
  };
  const grants = vi.fn(async () => ({ ...grant, ...given }));
  const cooled = vi.fn();
  const opened: { parts: SessionParts; closed: boolean }[] = [];
  const line = new WarmLine({
    requestGrant: grants,
    untilReachable: async () => undefined,
    async openSession(parts) {
      await parts.grant();
      parts.signal.throwIfAborted();
      if (refused < refusals) {
        refused += 1;
        throw new FaultError('provider-refused');
      }
      const session = { parts, closed: false, close: () => void (session.closed = true) };
      opened.push(session);
      return session as unknown as Session;
    },
    ways: {},
    tools: [],
    oneTrip: knownRelays,
    log: () => undefined,
    now: () => Date.now(),
    cooled,
  });
  const take = (made = plan()) => {
    const news: News[] = [];
    const listener = { news: (each: News) => void news.push(each), voice: () => undefined };
    return { news, session: line.open(made, listener, new AbortController().signal) };
  };
  return { line, grants, opened, cooled, take };
}

const ready: News = { type: 'ready', expiresAt: null };
const soon = () => vi.advanceTimersByTimeAsync(1);

describe('a call that was prepared', () => {
  it('takes the session that waits, and hears what it said while it waited', async () => {
    const { line, grants, opened, take } = setTheStage();
    line.warm(plan());
    await soon();
    opened[0]!.parts.news(ready);
    const { news, session } = take();
    expect(await session).toBe(opened[0]);
    expect(news).toEqual([ready]);
    opened[0]!.parts.news({ type: 'steady', steady: false });
    expect(news).toHaveLength(2);
    expect([grants.mock.calls.length, opened.length, line.isWarm]).toEqual([1, 1, false]);
  });

  it('takes one that is still being opened', async () => {
    const { line, opened, take } = setTheStage();
    line.warm(plan());
    const { session } = take();
    await soon();
    expect(await session).toBe(opened[0]);
    expect(opened).toHaveLength(1);
  });

  it('opens no session that would cost something, but has the grant', async () => {
    const { line, grants, opened, take } = setTheStage({ freeWhileIdle: false });
    line.warm(plan());
    await soon();
    expect(opened).toHaveLength(0);
    await take().session;
    expect([grants.mock.calls.length, opened.length]).toEqual([1, 1]);
  });

  it('asks for another grant, once, when the provider refuses the secret', async () => {
    const once = setTheStage({ freeWhileIdle: false }, 1);
    await once.take().session;
    expect([once.grants.mock.calls.length, once.opened.length]).toEqual([2, 1]);
    const always = setTheStage({ freeWhileIdle: false }, 9);
    await expect(always.take().session).rejects.toMatchObject({ fault: { code: 'provider-refused' } });
    expect(always.grants).toHaveBeenCalledTimes(2);
  });

  it('asks for no other grant when the relay refuses us', async () => {
    const { grants, take } = setTheStage();
    grants.mockRejectedValueOnce(new FaultError('provider-refused'));
    await expect(take().session).rejects.toMatchObject({ fault: { code: 'provider-refused' } });
    expect(grants).toHaveBeenCalledOnce();
  });

  it('asks for a new grant when the old one is about to expire', async () => {
    const { line, grants, take } = setTheStage({ freeWhileIdle: false });
    line.warm(plan());
    await vi.advanceTimersByTimeAsync(81_000);
    await take().session;
    expect(grants).toHaveBeenCalledTimes(2);
  });

  it('is not used for a call that wants something else, and is closed then', async () => {
    const { line, opened, take } = setTheStage();
    line.warm(plan());
    await soon();
    const { session } = take(plan({ voice: 'marin' }));
    await soon();
    expect(await session).toBe(opened[1]);
    expect(opened[0]!.closed).toBe(true);
  });

  it('is closed after two idle minutes, which another opening of the panel begins anew', async () => {
    const { line, opened, cooled } = setTheStage();
    line.warm(plan());
    await vi.advanceTimersByTimeAsync(100_000);
    line.warm(plan());
    await vi.advanceTimersByTimeAsync(100_000);
    expect(opened.map(({ closed }) => closed)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(opened.map(({ closed }) => closed)).toEqual([true]);
    expect(cooled).toHaveBeenCalledOnce();
  });

  it('is not needed where the relay takes the offer itself, which its first grant tells', async () => {
    const { opened, take } = setTheStage({
      calls: true,
      freeWhileIdle: false,
      transports: [{ kind: 'webrtc', url: 'https://p.example', negotiated: true }],
    });
    await take().session;
    expect(opened[0]!.parts.byRelay).toBeNull();
    await take().session;
    expect(opened[1]!.parts.byRelay).toMatchObject({ wishes: { language: 'en' }, negotiated: true });
  });

  it('is not needed: a call opens its own line when the relay did not answer, or the provider hung up', async () => {
    const { line, grants, opened, cooled, take } = setTheStage();
    grants.mockRejectedValueOnce(new FaultError('relay-timeout'));
    line.warm(plan());
    await soon();
    expect(cooled).toHaveBeenCalledOnce();
    line.warm(plan());
    await soon();
    opened[0]!.parts.news({ type: 'lost', fault: { code: 'connection-lost' } });
    const { session } = take();
    await soon();
    expect(await session).toBe(opened[1]);
  });
});
