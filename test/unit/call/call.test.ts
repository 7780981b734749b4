import { describe, expect, it, vi } from 'vitest';
import type { Microphone } from '../../../lib/audio/microphone.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import { plan } from './play.ts';
import { grant, setTheStage, tools } from './stage.ts';

const readPageCalled = {
  type: 'response.output_item.done',
  response_id: 'r',
  item: { id: 'f', type: 'function_call', status: 'completed', call_id: 'k', name: 'read_page', arguments: '{}' },
};

describe('a call', () => {
  it('closes everything it opened when it ends, and says once that it is over', async () => {
    const { call, open, finished, live } = setTheStage();
    await live();
    expect([...open].toSorted()).toEqual(['ear', 'line', 'microphone', 'speaker']);
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

  it('goes on in writing when the microphone is taken away, and does not claim to be listening', async () => {
    let lost = () => {};
    let taken = false;
    const { live, call, measured } = setTheStage({
      openMicrophone: async (request) => {
        if (taken) throw new FaultError('microphone-denied');
        const track = { readyState: 'live' };
        lost = () => {
          track.readyState = 'ended';
          request.lost();
        };
        return { track, stream: {}, name: 'a', setMuted: () => {}, close: () => {} } as never;
      },
    });
    await live();
    measured({ microphone: 0.01, voice: 0, microphoneFrames: 1200, microphoneZero: false });
    expect(call.snapshot().turn).toBe('listening');
    taken = true;
    lost();
    await vi.waitFor(() => expect(call.snapshot().microphoneTrouble).toBe('blocked'));
    expect(call.snapshot()).toMatchObject({ phase: 'live', turn: 'waiting', fault: null });
    call.end();
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
    const { call, live } = setTheStage({ openEar: () => Promise.reject(new Error('no worklet')) });
    await live();
    expect(call.snapshot().turn).toBe('waiting');
  });

  it('runs a tool, shows it, and hands its answer to the model', async () => {
    const { call, server, sent, live } = setTheStage({
      openTools: () =>
        tools({
          run: async (name) => ({
            output: `{"from":"${name}"}`,
            source: { title: 'T', url: 'u', characters: 3, truncated: false },
          }),
        }),
    });
    await live();
    server({ type: 'response.created', response: { id: 'r' } });
    server(readPageCalled);
    server({ type: 'response.done', response: { id: 'r', status: 'completed' } });
    await vi.waitFor(() =>
      expect(sent.map(({ type }) => type)).toEqual(['conversation.item.create', 'response.create']),
    );
    expect(sent[0]).toMatchObject({ item: { call_id: 'k', output: '{"from":"read_page"}' } });
    expect(call.snapshot().lines).toMatchObject([{ kind: 'tool', state: 'done', source: { title: 'T' } }]);
    expect(call.sent('f')).toEqual({ output: '{"from":"read_page"}' });
    expect(call.sent('other')).toBeNull();
  });

  it('stops reading when the person wants it stopped: the model is told, and says nothing about it', async () => {
    const { call, server, sent, live } = setTheStage({
      openTools: () =>
        tools({
          run: (_name, _arguments, signal) =>
            new Promise((resolve) => {
              signal.addEventListener('abort', () =>
                resolve({ output: '{"error":"interrupted"}', fault: 'interrupted', last: true }),
              );
            }),
        }),
    });
    await live();
    server({ type: 'response.created', response: { id: 'r' } });
    server(readPageCalled);
    server({ type: 'response.done', response: { id: 'r', status: 'completed' } });
    expect(call.snapshot().turn).toBe('reading');
    call.stopAnswer();
    await vi.waitFor(() => expect(call.snapshot().lines).toMatchObject([{ state: 'failed', fault: 'interrupted' }]));
    expect(sent).toMatchObject([{ item: { type: 'function_call_output', output: '{"error":"interrupted"}' } }]);
    expect(call.snapshot().turn).not.toBe('thinking');
  });

  it('begins with the outline of the page in view, as if the model had asked for it', async () => {
    const { call, sent, server, until } = setTheStage({
      openTools: () => tools({ digest: async () => ({ output: '{"title":"Tower"}' }) }),
    });
    call.start(plan({ digest: true }));
    await vi.waitFor(() => expect(call.snapshot().lines).toHaveLength(1));
    expect(sent).toEqual([]);
    server({ type: 'session.created', session: {} });
    await until('live');
    const [asked, answered] = sent as { type: string; item?: { call_id: string } }[];
    expect(asked).toMatchObject({ item: { type: 'function_call', name: 'page_outline' } });
    expect(answered).toMatchObject({ item: { call_id: asked?.item?.call_id, output: '{"title":"Tower"}' } });
    expect(call.snapshot().lines).toMatchObject([{ kind: 'tool', name: 'page_outline', state: 'done' }]);
    expect(sent.map(({ type }) => type)).not.toContain('response.create');
  });

  it('goes on with the question when a click has allowed what was refused', async () => {
    const { call, sent, live } = setTheStage();
    await live();
    call.goOn();
    expect(sent).toMatchObject([{ item: { type: 'message', role: 'system' } }, { type: 'response.create' }]);
    expect(call.snapshot().turn).toBe('thinking');
  });

  it('gives way when somebody may be talking over the answer, and stops when they are', async () => {
    const { call, server, sent, heard, onset, live } = setTheStage();
    await live();
    server({ type: 'response.created', response: { id: 'r' } });
    server({ type: 'output_audio_buffer.started', response_id: 'r' });
    heard.length = 0;
    onset('maybe');
    onset('over');
    expect(heard).toEqual(['duck', 'unduck']);
    onset('maybe');
    onset('sure');
    expect(heard.slice(2)).toEqual(['duck', 'hush']);
    expect(sent.map(({ type }) => type)).toEqual(['response.cancel', 'output_audio_buffer.clear']);
    expect(call.snapshot().turn).toBe('interrupting');
  });

  it('ducks only while the assistant speaks', async () => {
    const { heard, onset, live } = setTheStage();
    await live();
    onset('maybe');
    expect(heard).not.toContain('duck');
  });

  it('has a tone for its beginning, its end and a fault, unless they are turned off', async () => {
    const stage = setTheStage();
    await stage.live();
    stage.call.end();
    expect(stage.heard.filter((each) => each === 'start' || each === 'end')).toEqual(['start', 'end']);
    expect(await stage.call.isOver()).toBe(true);

    const quiet = setTheStage();
    quiet.call.start(plan({ sound: { ...plan().sound, sounds: false } }));
    quiet.call.end();
    expect(quiet.heard).toEqual([]);
  });

  it('does not sound the end of a call that never was one', () => {
    const { call, heard } = setTheStage();
    call.start(plan());
    call.end();
    expect(heard).toEqual([]);
  });
});
