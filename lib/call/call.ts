/**
 * The one stateful call: keeps the state, runs the machine's effects, publishes snapshots. What it needs from the
 * outside is handed in, so that it runs in tests and in any page.
 */
import type { LevelReport } from '../audio/level-processor.ts';
import type { Microphone, MicrophoneRequest } from '../audio/microphone.ts';
import type { Speaker } from '../audio/speaker.ts';
import type { Tap } from '../audio/tap.ts';
import { faultOf } from '../protocol/faults.ts';
import type { Grant } from '../protocol/grant.ts';
import type { ToolDefinition, Wishes } from '../protocol/wishes.ts';
import type { CallPlan, ToolOutcome } from '../protocol/messages.ts';
import { isActive, type Level, type MicrophoneAnswer, type Snapshot } from '../protocol/snapshot.ts';
import type { RelayAddress } from '../session/relay-client.ts';
import type { Session, SessionParts } from '../session/session.ts';
import type { CallEvent, Effect } from './events.ts';
import { transition } from './machine.ts';
import { snapshotOf } from './snapshot-of.ts';
import { idleState, type CallState } from './state.ts';
import { wishesOf } from './wishes.ts';

export interface CallParts {
  openMicrophone(request: MicrophoneRequest): Promise<Microphone>;
  openTap(report: (level: LevelReport) => void): Promise<Tap>;
  createSpeaker(): Speaker;
  requestGrant(relay: RelayAddress, wishes: Wishes, signal: AbortSignal): Promise<Grant>;
  openSession(parts: SessionParts): Promise<Session>;
  transports: SessionParts['transports'];
  askPermission(): Promise<unknown>;
  tools: ToolDefinition[];
  /** Never rejects: whatever happens is an outcome that the model can speak about. */
  runTool(name: string, argumentsText: string): Promise<ToolOutcome>;
  publish(snapshot: Snapshot): void;
  publishLevel(level: Level): void;
  finished(snapshot: Snapshot): Promise<unknown>;
  log(line: string): void;
  now(): number;
}

/** From start to live. The parts have shorter deadlines of their own; this one catches what they miss. */
const liveDeadlineMs = 25_000;
/** No report from the worklet for this long: no frames are flowing, whatever the track says. */
const framesDeadlineMs = 1_000;

/** Without the fields that the call fills in itself. */
type Happening = CallEvent extends infer E ? (E extends CallEvent ? Omit<E, 'at'> : never) : never;

export class Call {
  readonly #parts: CallParts;
  readonly #bootId = crypto.randomUUID();
  #state: CallState = idleState;
  #seq = 0;
  #session: Session | null = null;
  #microphone: Microphone | null = null;
  #tap: Tap | null = null;
  #speaker: Speaker | null = null;
  /** The voice may arrive before the tap is there. */
  #voice: MediaStream | null = null;
  /** Ends everything that belongs to the call. */
  #life = new AbortController();
  /** Ends one attempt to bring the line up. */
  #attempt = new AbortController();
  #framesTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: CallParts) {
    this.#parts = parts;
  }

  get active(): boolean {
    return isActive(this.#state.phase);
  }

  snapshot(): Snapshot {
    return snapshotOf(this.#state, this.#bootId, this.#seq);
  }

  start(plan: CallPlan, say: string | null = null): void {
    this.#happen({ type: 'start', callId: crypto.randomUUID(), plan, say });
  }

  end(): void {
    this.#happen({ type: 'end' });
  }

  mute(muted: boolean): void {
    this.#happen({ type: 'mute', muted });
  }

  stopAnswer(): void {
    this.#happen({ type: 'stop-answer' });
  }

  say(text: string): void {
    this.#happen({ type: 'say', text });
  }

  permissionAnswered(answer: MicrophoneAnswer): void {
    this.#happen({ type: 'permission', answer });
  }

  #happen(happening: Happening): void {
    const { state, effects } = transition(this.#state, { ...happening, at: this.#parts.now() } as CallEvent);
    if (state !== this.#state) {
      this.#state = state;
      this.#seq += 1;
      this.#parts.publish(this.snapshot());
    }
    for (const effect of effects) this.#run(effect);
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'open-microphone':
        void this.#openMicrophone(effect.attempt);
        break;
      case 'open-session':
        void this.#openSession(effect.attempt, effect.plan);
        break;
      case 'await-live':
        this.#awaitLive(effect.attempt);
        break;
      case 'ask-permission':
        this.#parts.askPermission().catch((error: unknown) => this.#parts.log(`permission page: ${String(error)}`));
        break;
      case 'attach-microphone':
        this.#attachMicrophone();
        break;
      case 'use-sound':
        this.#session?.useSound();
        break;
      case 'set-muted':
        this.#microphone?.setMuted(effect.muted);
        if (effect.closeTurn) this.#session?.closeTurn();
        break;
      case 'send-text':
        this.#speaker?.hush();
        this.#session?.say(effect.itemId, effect.text);
        break;
      case 'stop-answer':
        this.#speaker?.hush();
        this.#session?.stopAnswer();
        break;
      case 'run-tool':
        void this.#runTool(effect);
        break;
      case 'answer-tool':
        this.#session?.answerTool(effect.callId, effect.output);
        break;
      case 'close-session':
        this.#closeSession();
        break;
      case 'release':
        this.#release();
        break;
      case 'finished':
        this.#parts.finished(this.snapshot()).catch((error: unknown) => this.#parts.log(`finish: ${String(error)}`));
        break;
    }
  }

  async #openMicrophone(attempt: number): Promise<void> {
    const { signal } = this.#life;
    try {
      const lost = () => {
        this.#happen({ type: 'session-failed', attempt: this.#state.attempt, fault: { code: 'microphone-lost' } });
      };
      const microphone = await this.#parts.openMicrophone({ lost, signal });
      if (signal.aborted) return microphone.close();
      this.#microphone = microphone;
      microphone.setMuted(this.#state.muted);
      await this.#ensureTap(signal);
      this.#tap?.setMicrophone(microphone.stream);
      if (!signal.aborted) this.#happen({ type: 'microphone-open', attempt });
    } catch (error) {
      if (signal.aborted) return;
      const fault = faultOf(error);
      if (fault.code === 'microphone-needed') this.#happen({ type: 'microphone-needed', attempt });
      else this.#happen({ type: 'microphone-failed', attempt, fault });
    }
  }

  /** A call without a worklet is still a call; it just never claims to be listening. */
  async #ensureTap(signal: AbortSignal): Promise<void> {
    if (this.#tap) return;
    try {
      const tap = await this.#parts.openTap((report) => this.#measured(report));
      if (signal.aborted || this.#tap) tap.close();
      else this.#tap = tap;
    } catch (error) {
      this.#parts.log(`worklet: ${String(error)}`);
    }
  }

  #measured({ microphone, voice, microphoneFrames }: LevelReport): void {
    this.#parts.publishLevel({ microphone: this.#state.muted ? 0 : microphone, voice });
    if (microphoneFrames === 0) return;
    clearTimeout(this.#framesTimer);
    this.#framesTimer = setTimeout(() => this.#happen({ type: 'frames', flowing: false }), framesDeadlineMs);
    if (!this.#state.facts.frames) this.#happen({ type: 'frames', flowing: true });
  }

  async #openSession(attempt: number, plan: CallPlan): Promise<void> {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const signal = AbortSignal.any([this.#attempt.signal, this.#life.signal]);
    try {
      const grant = await this.#parts.requestGrant(plan, wishesOf(plan, this.#parts.tools), signal);
      signal.throwIfAborted();
      this.#speaker ??= this.#parts.createSpeaker();
      const session = await this.#parts.openSession({
        grant,
        transports: this.#parts.transports,
        only: plan.transport === 'auto' ? null : plan.transport,
        track: this.#microphone?.track ?? null,
        news: (news) => {
          // What was hushed is over: the next sound is another answer.
          if (news.type === 'voice-stopped' || news.type === 'response-started') this.#speaker?.unhush();
          this.#happen({ type: 'news', attempt, news });
        },
        voice: (stream) => {
          this.#speaker?.play(stream);
          this.#tap?.setVoice(stream);
          this.#voice = stream;
        },
        log: (line) => this.#parts.log(line),
        signal,
      });
      if (signal.aborted) return session.close();
      this.#session = session;
      this.#happen({
        type: 'session-open',
        attempt,
        provider: grant.provider,
        model: grant.model,
        transport: session.kind,
      });
    } catch (error) {
      if (!signal.aborted) this.#happen({ type: 'session-failed', attempt, fault: faultOf(error) });
    }
  }

  #attachMicrophone(): void {
    if (this.#voice) this.#tap?.setVoice(this.#voice);
    if (!this.#session || !this.#microphone) return;
    this.#session.setTrack(this.#microphone.track).catch((error: unknown) => {
      this.#happen({ type: 'session-failed', attempt: this.#state.attempt, fault: faultOf(error) });
    });
  }

  #awaitLive(attempt: number): void {
    const timer = setTimeout(() => this.#happen({ type: 'too-late', attempt }), liveDeadlineMs);
    this.#life.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  }

  async #runTool({ callId, itemId, name, argumentsText }: Extract<Effect, { type: 'run-tool' }>): Promise<void> {
    const { signal } = this.#life;
    const startedAt = this.#parts.now();
    const outcome = await this.#parts.runTool(name, argumentsText);
    if (signal.aborted) return;
    this.#happen({ type: 'tool-done', callId, itemId, outcome, ms: Math.round(this.#parts.now() - startedAt) });
  }

  #closeSession(): void {
    this.#attempt.abort();
    this.#session?.close();
    this.#session = null;
    this.#voice = null;
  }

  /** Everything that was opened is closed; the microphone first. */
  #release(): void {
    this.#microphone?.close();
    this.#microphone = null;
    this.#life.abort();
    this.#life = new AbortController();
    clearTimeout(this.#framesTimer);
    this.#closeSession();
    this.#speaker?.close();
    this.#speaker = null;
    this.#tap?.close();
    this.#tap = null;
    this.#parts.publishLevel({ microphone: 0, voice: 0 });
  }
}
