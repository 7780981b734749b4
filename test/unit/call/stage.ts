/** A call with parts that count what is open, a provider to speak from, and ears to hear with. */
import { expect, vi } from 'vitest';
import type { EarEvents, LevelReport, Onset } from '../../../lib/audio/ear.ts';

import { Call, type CallParts } from '../../../lib/call/call.ts';
import type { Grant } from '../../../lib/protocol/grant.ts';
import type { CallPlan } from '../../../lib/protocol/messages.ts';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import type { ToolRoom } from '../../../lib/protocol/tool-room.ts';
import { Session, type SessionParts } from '../../../lib/session/session.ts';
import { plan } from './play.ts';

export const grant: Grant = { value: 'ek', expiresAt: 0, model: 'm', voice: 'v', provider: 'p', transports: [] };

export function setTheStage(change: Partial<CallParts> = {}) {
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
  let ear: EarEvents | undefined;
  /** What the loudspeaker did. */
  const heard: string[] = [];
  let isSilent = false;
  const parts: CallParts = {
    openMicrophone: async () =>
      opened('microphone', { track: {}, stream: {}, name: 'a', setMuted: () => {}, deviceId: '' }) as never,
    watchDevices: () => () => undefined,
    openEar: async (events) => {
      ear = events;
      return opened('ear', {
        setMicrophone: () => {},
        setVoice: () => {},
        look: async () => ({ position: 24_000, speechFrom: null, speaking: false }),
        deliver: () => ({ stop: async () => 0 }),
        catchUp: () => expect.fail('nobody speaks'),
      });
    },
    createSpeaker: () =>
      opened('speaker', {
        play: () => {},
        hush: () => void heard.push('hush'),
        unhush: () => void heard.push('unhush'),
        setSilent: (silent: boolean) => {
          if (silent !== isSilent) heard.push(silent ? 'silent' : 'sounding');
          isSilent = silent;
        },
        duck: () => void heard.push('duck'),
        unduck: () => void heard.push('unduck'),
        setDevice: async () => {},
      }),
    playTone: async (kind) => void heard.push(kind),
    deaf: new Set(),
    oneTrip: { has: () => false, add: () => {}, remove: () => {} },
    idle: () => {},
    requestGrant: async () => grant,
    untilReachable: async () => undefined,
    openSession: async (given) => {
      const { provider: name, model } = await given.grant();
      given.signal.throwIfAborted();
      provider = given;
      session = new Session(given);
      const transport = opened('line', {
        carriesTrack: true,
        backlog: 0,
        send(text: string) {
          const event = JSON.parse(text) as { type: string; session?: object };
          // Asked whether it is there, the provider answers.
          const asks = event.type === 'session.update' && Object.keys(event.session ?? {}).length === 1;
          if (asks) queueMicrotask(() => server({ type: 'session.updated', session: {} }));
          else sent.push(event);
        },
        setTrack: async () => {},
      });
      session.attach({ transport, kind: 'webrtc', reason: null, provider: name, model });
      return session;
    },
    askPermission: async () => undefined,
    ways: {},
    tools: [],
    openTools: () => tools({}),
    publish: (snapshot) => void snapshots.push(snapshot),
    publishLevel: () => {},
    spent: async () => ({ today: 0, month: 0 }),
    requestAllowed: async () => ({ ms: null, usd: null }),
    finished,
    log: () => {},
    now: () => 1,
    ...change,
  };
  const call = new Call(parts);
  const server = (event: object) => session?.receive(JSON.stringify(event));
  const until = (phase: Snapshot['phase']) => vi.waitFor(() => expect(call.snapshot().phase).toBe(phase));
  const live = async (made: CallPlan = plan()) => {
    call.start(made);
    await vi.waitFor(() => expect(provider).toBeDefined());
    server({ type: 'session.created', session: {} });
    await until('live');
  };
  const onset = (kind: Onset['kind']) => ear?.onset({ kind, from: 0 });
  const measured = (report: LevelReport) => ear?.level(report);
  return { call, measured, open, sent, heard, snapshots, finished, server, onset, until, live };
}

export function tools(change: Partial<ToolRoom>): ToolRoom {
  return { run: async () => ({ output: '{}' }), digest: async () => null, newTurn: () => undefined, ...change };
}
