import { describe, expect, it, vi } from 'vitest';
import type { Grant } from '../../../lib/protocol/grant.ts';
import { Session, type SessionParts } from '../../../lib/session/session.ts';
import { plan } from './play.ts';
import { grant, setTheStage } from './stage.ts';

/** A call whose line was lost and which has another; `old` and `current` speak from the two. */
async function onItsSecondLine() {
  const lines: SessionParts[] = [];
  const order: string[] = [];
  const played: unknown[] = [];
  const { call, until } = setTheStage({
    requestGrant: async (): Promise<Grant> => grant,
    createSpeaker: () =>
      ({
        play: (voice: unknown) => void played.push(voice),
        hush() {},
        unhush() {},
        setSilent() {},
        duck() {},
        unduck() {},
        setDevice: async () => {},
        close() {},
      }) as never,
    async openSession(given) {
      const name = `line ${lines.push(given)}`;
      order.push(`${name} opens`);
      const session = new Session(given);
      const close = () => void order.push(`${name} is closed`);
      const transport = { carriesTrack: true, backlog: 0, send() {}, setTrack: async () => {}, close };
      session.attach({ transport, kind: 'webrtc', reason: null, provider: 'p', model: 'm' });
      return session;
    },
  });
  const opened = async (count: number) => {
    await vi.waitFor(() => expect(lines).toHaveLength(count));
    const line = lines[count - 1]!;
    await vi.waitFor(() => {
      line.news({ type: 'ready', expiresAt: null });
      expect(call.snapshot().phase).toBe('live');
    });
    return line;
  };
  call.start(plan());
  const old = await opened(1);
  old.news({ type: 'lost', fault: { code: 'connection-lost' } });
  await until('reconnecting');
  return { call, until, old, current: await opened(2), order, played };
}

describe('a line that was lost', () => {
  it('is closed before another is opened', async () => {
    const { order } = await onItsSecondLine();
    expect(order).toEqual(['line 1 opens', 'line 1 is closed', 'line 2 opens']);
  });

  it('is not listened to any more: neither its words nor its voice nor its end', async () => {
    const { call, old, current, played } = await onItsSecondLine();
    const before = call.snapshot();
    const late = { itemId: 'a9', responseId: 'r9' };
    old.news({ type: 'person-started', itemId: 'p9' });
    old.news({ type: 'response-started', ...late });
    old.news({ type: 'assistant-text', ...late, delta: 'From the past.' });
    old.news({ type: 'voice-started', ...late });
    old.news({ type: 'tool-call', callId: 'k9', name: 'read_page', argumentsText: '{}', ...late });
    old.news({ type: 'lost', fault: { code: 'connection-lost' } });
    old.voice({} as MediaStream);
    expect(call.snapshot()).toEqual(before);
    expect(played).toEqual([]);
    current.voice({} as MediaStream);
    expect(played).toHaveLength(1);
  });
});
