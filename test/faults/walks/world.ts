/** A real `Call`, and all it needs in the hands of a walk: everything that it opens is counted. */
import type { EarEvents } from '../../../lib/audio/ear.ts';
import type { MicrophoneRequest } from '../../../lib/audio/microphone.ts';
import { Call, type CallParts } from '../../../lib/call/call.ts';
import { FaultError } from '../../../lib/protocol/faults.ts';
import type { ToolOutcome } from '../../../lib/protocol/messages.ts';
import type { Snapshot } from '../../../lib/protocol/snapshot.ts';
import { openSession } from '../../../lib/session/session.ts';
import type { WalkClock } from './clock.ts';
import { openWalkEar, type WalkEar } from './ear.ts';
import { passed, WalkProvider } from './provider.ts';

/** How the machine behaves from now on. */
export interface Manners {
  microphone: 'fine' | 'slow' | 'microphone-needed' | 'microphone-denied' | 'microphone-missing' | 'microphone-busy';
  tool: 'fine' | 'fails' | 'never';
  ear: 'fine' | 'fails';
  books: 'fine' | 'fail' | 'never';
  /** US dollars of today, other calls. */
  spentToday: number;
}

export class World {
  readonly clock: WalkClock;
  readonly provider = new WalkProvider();
  readonly call: Call;
  readonly open = { microphones: 0, ears: 0, speakers: 0, deliveries: 0, watchers: 0 };
  readonly manners: Manners = { microphone: 'fine', tool: 'fine', ear: 'fine', books: 'fine', spentToday: 0 };
  /** What must not be, as sentences. */
  readonly problems: string[] = [];
  /** When grants were asked for in the place of a line that was lost, on the clock that nobody sets. */
  readonly triesAt: number[] = [];
  /** Of the microphone that was opened last. */
  microphone: MicrophoneRequest | null = null;
  deviceChanged: (() => void) | null = null;
  earEvents: EarEvents | null = null;
  ear: WalkEar | null = null;
  /** What a call that is over would be gone on with. */
  onPublish: (snapshot: Snapshot) => void = () => undefined;

  constructor(clock: WalkClock) {
    this.clock = clock;
    this.call = new Call(this.#parts());
  }

  #parts(): CallParts {
    const { provider, open, manners, clock } = this;
    return {
      openMicrophone: (request) => this.#openMicrophone(request),
      watchDevices: (changed) => {
        open.watchers += 1;
        this.deviceChanged = changed;
        return () => void (open.watchers -= 1);
      },
      openEar: async (events) => {
        await passed(20, new AbortController().signal);
        if (manners.ear === 'fails') throw new Error('no worklet');
        this.earEvents = events;
        this.ear = openWalkEar(open);
        return this.ear;
      },
      createSpeaker: () => this.#createSpeaker(),
      playTone: () => new Promise((resolve) => setTimeout(resolve, 300)),
      deaf: new Set(),
      oneTrip: { has: () => false, add: () => undefined, remove: () => undefined },
      idle: () => undefined,
      requestGrant: (_relay, _wishes, signal) => {
        if (this.call.snapshot().phase === 'reconnecting') this.triesAt.push(performance.now());
        return provider.requestGrant(signal);
      },
      untilReachable: (_relay, signal) => provider.untilReachable(signal),
      openSession,
      askPermission: () => Promise.resolve(),
      ways: { webrtc: provider.way },
      tools: [],
      openTools: () => ({
        run: (_name, _arguments, signal) => this.#runTool(signal),
        digest: (signal) => this.#runTool(signal),
        newTurn: () => undefined,
      }),
      publish: (snapshot) => this.onPublish(snapshot),
      publishLevel: () => undefined,
      spent: async (_callId, usd) => {
        if (manners.books === 'fail') throw new Error('no books');
        if (manners.books === 'never') await new Promise(() => undefined);
        return { today: manners.spentToday + usd, month: usd };
      },
      requestAllowed: async () => ({ ms: null, usd: null }),
      finished: () => Promise.resolve(),
      log: () => undefined,
      now: () => clock.wall(),
    };
  }

  async #openMicrophone(request: MicrophoneRequest) {
    const how = this.manners.microphone;
    await passed(how === 'slow' ? 8000 : 30, new AbortController().signal);
    // A browser cannot be told to stop opening one.
    request.signal.throwIfAborted();
    if (how !== 'fine' && how !== 'slow') throw new FaultError(how);
    this.open.microphones += 1;
    this.microphone = request;
    const track = { readyState: 'live' };
    const close = () => {
      if (track.readyState === 'live') this.open.microphones -= 1;
      track.readyState = 'ended';
    };
    const end = { end: () => (close(), request.lost()) };
    return { stream: {}, track, name: 'a microphone', deviceId: '', setMuted: () => undefined, close, ...end } as never;
  }

  #createSpeaker() {
    this.open.speakers += 1;
    let isOpen = true;
    const nothing = () => undefined;
    return {
      play: (stream: MediaStream) => {
        const { line } = stream as unknown as { line: { closed: boolean } };
        if (line.closed) this.problems.push('the voice of a closed line is played');
      },
      hush: nothing,
      unhush: nothing,
      setSilent: nothing,
      duck: nothing,
      unduck: nothing,
      setDevice: () => Promise.resolve(),
      close: () => {
        if (isOpen) this.open.speakers -= 1;
        isOpen = false;
      },
    };
  }

  /** As the tools do: an abort is answered at once, whatever the page does. */
  async #runTool(signal: AbortSignal): Promise<ToolOutcome> {
    const how = this.manners.tool;
    try {
      await passed(how === 'never' ? 3_600_000 : 400, signal);
      return how === 'fails' ? { output: '{}', fault: 'failed' } : { output: '{}' };
    } catch {
      return { output: '{}', fault: 'interrupted', last: true };
    }
  }
}
