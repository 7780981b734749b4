import { describe, expect, it, vi } from 'vitest';
import { createHost } from '../../../lib/host/answer-commands.ts';
import { createVoiceSample, type SampleParts } from '../../../lib/host/voice-sample.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import { Session, type SessionParts } from '../../../lib/session/session.ts';
import { plan } from '../call/play.ts';
import { grant } from '../call/stage.ts';

const usage = { input_token_details: { text_tokens: 700 }, output_token_details: { audio_tokens: 60 } };

/** A provider to speak from, and all that is open counted. */
function stage(change: Partial<SampleParts> = {}, model = 'gpt-realtime-2') {
  const open = new Set<string>();
  const sent: { type: string; item?: unknown }[] = [];
  let session: Session | undefined;
  const over = vi.fn();
  const spent = vi.fn(async () => ({}));
  const requestGrant = vi.fn(async () => ({ ...grant, provider: 'openai', model }));
  const sample = createVoiceSample({
    requestGrant,
    openSession: async (given: SessionParts) => {
      const { provider } = await given.grant();
      given.signal.throwIfAborted();
      session = new Session(given);
      open.add('line');
      const transport = {
        carriesTrack: false,
        backlog: 0,
        send: (text: string) => void sent.push(JSON.parse(text)),
        setTrack: async () => {},
        close: () => void open.delete('line'),
      };
      session.attach({ transport, kind: 'websocket', reason: null, provider, model });
      return session;
    },
    createSpeaker: () => {
      open.add('speaker');
      return { play: () => {}, setDevice: async () => {}, close: () => void open.delete('speaker') } as never;
    },
    ways: {},
    spent,
    log: () => {},
    over,
    ...change,
  });
  const server = (event: object) => session?.receive(JSON.stringify(event));
  const speaking = async () => {
    await vi.waitFor(() => expect(open).toContain('line'));
    server({ type: 'session.created', session: {} });
    await vi.waitFor(() => expect(sent.at(-1)?.type).toBe('response.create'));
    server({ type: 'response.created', response: { id: 'r' } });
    server({ type: 'output_audio_buffer.started', response_id: 'r' });
  };
  const done = (response: object = {}) => server({ type: 'response.done', response: { id: 'r', ...response } });
  const quiet = () => server({ type: 'output_audio_buffer.stopped', response_id: 'r' });
  return { sample, open, sent, over, spent, requestGrant, server, speaking, done, quiet };
}

describe('the sample of a voice', () => {
  it('asks for the voice and for one sentence in the person’s language, and nothing of theirs goes along', async () => {
    const { sample, sent, requestGrant, speaking } = stage();
    sample.play(plan({ voice: 'cedar', language: 'pt-BR', instructions: 'I am called Ana.' }));
    await speaking();
    const [, wishes] = requestGrant.mock.calls[0] as unknown as [unknown, Record<string, unknown>];
    expect(wishes).toMatchObject({ voice: 'cedar', language: 'pt-BR', output: 'audio', turnDetection: null });
    expect(wishes['instructions']).toMatch(/Olá\. É assim que eu soo/);
    expect(JSON.stringify([wishes, sent])).not.toContain('Ana');
    sample.stop();
  });

  it('closes line and loudspeaker when it is over, and says so once', async () => {
    const { sample, open, over, speaking, done, quiet } = stage();
    sample.play(plan());
    await speaking();
    expect(sample.playing).toBe(true);
    done();
    quiet();
    expect(await sample.end()).toBe('heard');
    expect([...open]).toEqual([]);
    expect(sample.playing).toBe(false);
    expect(over).toHaveBeenCalledOnce();
  });

  it('is silenced by a second press', async () => {
    const { sample, open, over, speaking } = stage();
    sample.play(plan());
    await speaking();
    sample.stop();
    expect(await sample.end()).toBe('stopped');
    expect([...open]).toEqual([]);
    expect(over).toHaveBeenCalledOnce();
    sample.stop();
  });

  it('of another voice takes the place of the one that plays', async () => {
    const { sample, over, speaking, quiet } = stage();
    sample.play(plan());
    await speaking();
    const first = sample.end();
    sample.play(plan());
    expect(await first).toBe('stopped');
    expect(over).not.toHaveBeenCalled();
    await vi.waitFor(() => expect(sample.playing).toBe(true));
    await speaking();
    quiet();
    expect(await sample.end()).toBe('heard');
  });

  it('is paid for like any answer', async () => {
    const { sample, spent, speaking, done } = stage();
    sample.play(plan());
    await speaking();
    done({ usage });
    const [, usd] = spent.mock.calls[0] as unknown as [string, number];
    expect(usd).toBeGreaterThan(0);
    expect(usd).toBeLessThan(0.01);
    sample.stop();
  });

  it('names what is wrong: a relay that refuses, an answer that fails, a line that is lost', async () => {
    const refused = stage({ requestGrant: () => Promise.reject(new FaultError('relay-rejected', 'no such voice')) });
    refused.sample.play(plan());
    await expect(refused.sample.end()).rejects.toMatchObject({ fault: { code: 'relay-rejected' } });
    expect([...refused.open]).toEqual([]);

    const failed = stage();
    failed.sample.play(plan());
    await failed.speaking();
    failed.done({ status: 'failed', status_details: { error: { code: 'insufficient_quota' } } });
    await expect(failed.sample.end()).rejects.toMatchObject({ fault: { code: 'provider-quota' } });
    expect([...failed.open]).toEqual([]);
  });

  it('does not wait for ever', async () => {
    vi.useFakeTimers();
    const { sample, open } = stage();
    sample.play(plan());
    const end = expect(sample.end()).rejects.toMatchObject({ fault: { code: 'connection-failed' } });
    await vi.advanceTimersByTimeAsync(20_000);
    await end;
    expect([...open]).toEqual([]);
    vi.useRealTimers();
  });
});

describe('beside a call', () => {
  const hostWith = (active: boolean) => {
    const call = { active, isOver: async () => !active, start: () => {}, snapshot: () => null };
    const sample = { playing: true, play: vi.fn(), end: async () => 'heard' as const, stop: vi.fn() };
    const past = { settled: async () => undefined, earlier: async () => expect.fail('no call was asked for') };
    return { host: createHost({ call: call as never, past, sample, log: { lines: () => [] } }), sample };
  };

  it('is refused while the call runs', async () => {
    const { host, sample } = hostWith(true);
    expect(await host.answer({ type: 'voice-sample', plan: plan() })).toBe(false);
    expect(sample.play).not.toHaveBeenCalled();
  });

  it('falls silent when a call begins', async () => {
    const { host, sample } = hostWith(false);
    await host.answer({ type: 'start', plan: plan() });
    expect(sample.stop).toHaveBeenCalledOnce();
  });

  it('keeps the document open until it is over', async () => {
    const { host } = hostWith(false);
    expect(await host.answer({ type: 'retire' })).toBe(false);
  });
});
