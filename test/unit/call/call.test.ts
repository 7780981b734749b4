import { describe, expect, it, vi } from 'vitest';
import type { Microphone } from '../../../lib/audio/microphone.ts';
import { Call, type CallParts } from '../../../lib/call/call.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import { Session, type SessionParts } from '../../../lib/session/session.ts';
import type { Transport } from '../../../lib/transport/transport.ts';
import { plan } from './play.ts';

const grant: Grant = { value: 'ek', expiresAt: 0, model: 'm', voice: 'v', provider: 'p', transports: [] };

/** A call with parts that count what is open. `hold` keeps a part from answering until it is let go. */
function setTheStage(change: Partial<CallParts> = {}) {
  const open = new Set<string>();
  const opened = <T extends object>(name: string, part: T): T & { close(): void } => {
    open.add(name);
    return { ...part, close: () => void open.delete(name) };
  };
  const sent: { type: string }[] = [];
  const snapshots: Snapshot[] = [];
  const finished = vi.fn(async () => undefined);
  let provider: SessionParts | undefined;
  let session: Session | undefined;
  const parts: CallParts = {
    openMicrophone: async () => opened('microphone', { track: {}, stream: {}, setMuted: () => {} }) as never,
    openTap: async () => opened('tap', { setMicrophone: () => {}, setVoice: () => {} }),
    createSpeaker: () => opened('speaker', { play: () => {}, hush: () => {}, unhush: () => {} }),
    requestGrant: async () => grant,
    openSession: async (given) => {
      provider = given;
      session = new Session(given);
      const transport = opened('line', {
        send: (text: string) => void sent.push(JSON.parse(text)),
        setTrack: async () => {},
      });
      session.attach(transport as Transport, 'webrtc');
      return session;
    },
    askPermission: async () => undefined,
    transports: {},
    tools: [],
    runTool: async () => ({ output: '{}' }),
    publish: (snapshot) => void snapshots.push(snapshot),
    publishLevel: () => {},
    finished,
    log: () => {},
    now: () => 1,
    ...change,
  };
  const call = new Call(parts);
  const server = (event: object) => session?.receive(JSON.stringify(event));
  const until = (phase: Snapshot['phase']) => vi.waitFor(() => expect(call.snapshot().phase).toBe(phase));
  const live = async () => {
    call.start(plan());
    await vi.waitFor(() => expect(provider).toBeDefined());
    server({ type: 'session.created', session: {} });
    await until('live');
  };
  return { call, open, sent, snapshots, finished, server, until, live };
}

describe('a call', () => {
  it('closes everything it opened when it ends, and says once that it is over', async () => {
    const { call, open, finished, live } = setTheStage();
    await live();
    expect([...open].toSorted()).toEqual(['line', 'microphone', 'speaker', 'tap']);
    call.end();
    call.end();
    expect([...open]).toEqual([]);
    expect(finished).toHaveBeenCalledOnce();
  });

  it('closes a microphone that opens after the end', async () => {
    const opening = Promise.withResolvers<Microphone>();
    let released = false;
    const { call } = setTheStage({ openMicrophone: () => opening.promise });
    call.start(plan());
    call.end();
    opening.resolve({ close: () => (released = true), setMuted: () => {} } as never);
    await vi.waitFor(() => expect(released).toBe(true));
    expect(call.snapshot().phase).toBe('ended');
  });

  it('takes no notice of a grant that comes after the end', async () => {
    const asking = Promise.withResolvers<Grant>();
    const { call, open } = setTheStage({ requestGrant: () => asking.promise });
    call.start(plan());
    call.end();
    asking.resolve(grant);
    await asking.promise;
    expect([...open]).toEqual([]);
    expect(call.snapshot().phase).toBe('ended');
  });

  it('is released when the relay refuses, with the reason', async () => {
    const { call, open, until } = setTheStage({
      requestGrant: () => Promise.reject(new FaultError('relay-refused', 'because')),
    });
    call.start(plan());
    await until('failed');
    expect(call.snapshot().fault).toEqual({ code: 'relay-refused', detail: 'because' });
    expect([...open]).toEqual([]);
  });

  it('ends with the reason when the microphone is taken away', async () => {
    let lost = () => {};
    const { live, until, call } = setTheStage({
      openMicrophone: async (request) => {
        ({ lost } = request);
        return { track: {}, stream: {}, setMuted: () => {}, close: () => {} } as never;
      },
    });
    await live();
    lost();
    await until('failed');
    expect(call.snapshot().fault?.code).toBe('microphone-lost');
  });

  it('numbers its snapshots, so that a view can tell old from new', async () => {
    const { call, snapshots, live } = setTheStage();
    await live();
    call.end();
    const numbers = snapshots.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('goes on without a worklet, but never claims to be listening', async () => {
    const { call, live } = setTheStage({ openTap: () => Promise.reject(new Error('no worklet')) });
    await live();
    expect(call.snapshot().turn).toBe('waiting');
  });

  it('runs a tool, shows it, and hands its answer to the model', async () => {
    const { call, server, sent, live } = setTheStage({
      runTool: async (name) => ({
        output: `{"from":"${name}"}`,
        source: { title: 'T', url: 'u', characters: 3, truncated: false },
      }),
    });
    await live();
    server({ type: 'response.created', response: { id: 'r' } });
    const item = {
      id: 'f',
      type: 'function_call',
      status: 'completed',
      call_id: 'k',
      name: 'read_page',
      arguments: '{}',
    };
    server({ type: 'response.output_item.done', response_id: 'r', item });
    server({ type: 'response.done', response: { id: 'r', status: 'completed' } });
    await vi.waitFor(() =>
      expect(sent.map(({ type }) => type)).toEqual(['conversation.item.create', 'response.create']),
    );
    expect(sent[0]).toMatchObject({ item: { call_id: 'k', output: '{"from":"read_page"}' } });
    expect(call.snapshot().lines).toMatchObject([{ kind: 'tool', state: 'done', source: { title: 'T' } }]);
  });
});
