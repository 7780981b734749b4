/**
 * The one stateful call: keeps the state, runs the machine's effects, publishes snapshots. What it needs from the
 * outside is handed in, so that it runs in tests and in any page.
 */
import type { Ear, EarEvents, LevelReport, Onset } from '../audio/ear.ts';
import type { Microphone } from '../audio/microphone.ts';
import type { Speaker } from '../audio/speaker.ts';
import { faultOf } from '../protocol/faults.ts';
import type { Grant } from '../protocol/grant.ts';
import type { CallPlan, SoundSettings, TalkSettings, ToolOutcome } from '../protocol/messages.ts';
import { isActive, type Level, type MicrophoneAnswer, type Snapshot } from '../protocol/snapshot.ts';
import type { News } from '../session/news.ts';
import type { Session } from '../session/session.ts';
import type { CallEvent, Effect } from './events.ts';
import { transition } from './machine.ts';
import { MicrophoneKeeper, type KeeperParts } from './microphone-keeper.ts';
import { snapshotOf } from './snapshot-of.ts';
import { idleState, type CallState } from './state.ts';
import { Uplink } from './uplink/uplink.ts';
import type { UplinkParts } from './uplink/upward.ts';
import { WarmLine, type WarmParts } from './warm-line.ts';

export interface CallParts extends Omit<WarmParts, 'cooled'> {
  openMicrophone: KeeperParts['openMicrophone'];
  watchDevices: KeeperParts['watchDevices'];
  openEar(events: EarEvents): Promise<Ear>;
  createSpeaker(): Speaker;
  playTone(kind: 'start' | 'end' | 'fault', speakerId: string): Promise<void>;
  deaf: UplinkParts['deaf'];
  askPermission(): Promise<unknown>;
  /** Never rejects: whatever happens is an outcome that the model can speak about. */
  runTool(name: string, argumentsText: string): Promise<ToolOutcome>;
  publish(snapshot: Snapshot): void;
  publishLevel(level: Level): void;
  finished(snapshot: Snapshot): Promise<unknown>;
  /** Nothing lives here any more, though no call has ended. */
  idle(): void;
}

/** From start to live. The parts have shorter deadlines of their own; this one catches what they miss. */
const liveDeadlineMs = 25_000;
/** No report from the worklet for this long: no frames are flowing, whatever the track says. */
const framesDeadlineMs = 1_000;
const longestTurnMs = 180_000;

/** Without the fields that the call fills in itself. */
type Happening = CallEvent extends infer E ? (E extends CallEvent ? Omit<E, 'at'> : never) : never;

export class Call {
  readonly #parts: CallParts;
  readonly #bootId = crypto.randomUUID();
  readonly #warmLine: WarmLine;
  readonly #keeper: MicrophoneKeeper;
  #uplink: Uplink;
  #state: CallState = idleState;
  #seq = 0;
  #session: Session | null = null;
  #ear: Ear | null = null;
  #speaker: Speaker | null = null;
  /** The voice may arrive before the ear is there. */
  #voice: MediaStream | null = null;
  /** Ends everything that belongs to the call. */
  #life = new AbortController();
  /** Ends one attempt to bring the line up. */
  #attempt = new AbortController();
  #framesTimer: ReturnType<typeof setTimeout> | undefined;
  #turnTimer: ReturnType<typeof setTimeout> | undefined;
  #tone: Promise<void> = Promise.resolve();
  /** The start of this call has been announced. */
  #begun = false;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.#warmLine = new WarmLine({ ...parts, cooled: () => !this.active && parts.idle() });
    this.#keeper = new MicrophoneKeeper({
      openMicrophone: parts.openMicrophone,
      watchDevices: parts.watchDevices,
      log: parts.log,
      using: (microphone) => this.#useMicrophone(microphone),
      trouble: (trouble) => this.#happen({ type: 'microphone-trouble', trouble }),
      lost: (fault) => this.#happen({ type: 'session-failed', attempt: this.#state.attempt, fault }),
    });
    this.#uplink = new Uplink(parts);
  }

  get active(): boolean {
    return isActive(this.#state.phase);
  }

  /** May the document be closed? Resolves when the last tone has sounded. */
  async isOver(): Promise<boolean> {
    await this.#tone;
    return !this.active && !this.#warmLine.isWarm;
  }

  snapshot(): Snapshot {
    return snapshotOf(this.#state, this.#bootId, this.#seq);
  }

  /** What a grant of this relay told, which the next call can use. */
  learn(relayUrl: string, grant: Pick<Grant, 'calls' | 'transports'>): void {
    this.#warmLine.learn(relayUrl, grant);
  }

  /** Prepares a call with this plan; does nothing while one runs. */
  warm(plan: CallPlan): void {
    if (!this.active) this.#warmLine.warm(plan);
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

  talkBegin(): void {
    this.#happen({ type: 'talk-begin' });
  }

  talkEnd(send: boolean): void {
    this.#happen({ type: 'talk-end', send });
  }

  adjust(talk: TalkSettings, sound: SoundSettings): void {
    this.#happen({ type: 'adjust', talk, sound });
  }

  say(text: string): void {
    this.#happen({ type: 'say', text });
  }

  permissionAnswered(answer: MicrophoneAnswer): void {
    this.#happen({ type: 'permission', answer });
  }

  #happen(happening: Happening): void {
    const before = this.#state.phase;
    const { state, effects } = transition(this.#state, { ...happening, at: this.#parts.now() } as CallEvent);
    if (state !== this.#state) {
      this.#state = state;
      this.#seq += 1;
      this.#parts.publish(this.snapshot());
    }
    if (state.phase !== before) this.#soundPhase(state);
    this.#limitTurn(state.facts.held);
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
      case 'open-uplink':
        if (this.#voice) this.#ear?.setVoice(this.#voice);
        if (this.#session) this.#uplink.open(this.#session);
        break;
      case 'use-sound':
        this.#session?.change({ output_modalities: ['audio'] });
        break;
      case 'set-muted':
        this.#keeper.setMuted(effect.muted);
        break;
      case 'begin-turn':
        void this.#uplink.begin();
        break;
      case 'end-turn':
        void this.#endTurn(effect.send);
        break;
      case 'close-turn':
        this.#session?.closeTurn(effect.detection);
        break;
      case 'adjust':
        this.#adjust(effect);
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
    const { plan, muted } = this.#state;
    if (!plan) return;
    this.#uplink.setManual(plan.talk.mode !== 'hands-free');
    try {
      // Side by side: the worklet is there when the first frame comes.
      await Promise.all([this.#keeper.open(plan.sound, muted), this.#ensureEar(signal)]);
      if (!signal.aborted) this.#happen({ type: 'microphone-open', attempt });
    } catch (error) {
      if (signal.aborted) return;
      const fault = faultOf(error);
      if (fault.code === 'microphone-needed') this.#happen({ type: 'microphone-needed', attempt });
      else this.#happen({ type: 'microphone-failed', attempt, fault });
    }
  }

  #useMicrophone(microphone: Microphone): void {
    this.#ear?.setMicrophone(microphone.stream);
    this.#uplink.setMicrophone(microphone.track);
    this.#happen({ type: 'microphone-name', name: microphone.name });
  }

  /** A call without a worklet is still a call; it just never claims to be listening. */
  async #ensureEar(signal: AbortSignal): Promise<void> {
    if (this.#ear) return;
    try {
      const ear = await this.#parts.openEar({
        level: (report) => this.#measured(report),
        onset: (onset) => this.#onset(onset),
      });
      if (signal.aborted || this.#ear) return ear.close();
      this.#ear = ear;
      this.#uplink.setEar(ear);
      if (this.#keeper.microphone) ear.setMicrophone(this.#keeper.microphone.stream);
    } catch (error) {
      this.#parts.log(`worklet: ${String(error)}`);
    }
  }

  #measured(report: LevelReport): void {
    const { microphone, voice, microphoneFrames } = report;
    this.#parts.publishLevel({ microphone: this.#state.muted ? 0 : microphone, voice });
    this.#keeper.measured(report);
    this.#uplink.level(microphone);
    if (microphoneFrames === 0) return;
    clearTimeout(this.#framesTimer);
    this.#framesTimer = setTimeout(() => this.#happen({ type: 'frames', flowing: false }), framesDeadlineMs);
    if (!this.#state.facts.frames) this.#happen({ type: 'frames', flowing: true });
  }

  /** Our own ears are a round trip faster than the provider's: the voice gives way at once, and stops when it is speech. */
  #onset({ kind }: Onset): void {
    const { facts, plan } = this.#state;
    if (kind === 'over') this.#speaker?.unduck();
    else if (kind === 'sure') this.#happen({ type: 'barge-in' });
    else if (facts.playing && plan?.talk.mode === 'hands-free' && !plan.talk.noisyRoom) this.#speaker?.duck();
  }

  async #openSession(attempt: number, plan: CallPlan): Promise<void> {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const signal = AbortSignal.any([this.#attempt.signal, this.#life.signal]);
    try {
      this.#speaker ??= this.#createSpeaker(plan.sound);
      const listener = {
        news: (news: News) => this.#take(news, attempt),
        voice: (stream: MediaStream) => {
          this.#speaker?.play(stream);
          this.#ear?.setVoice(stream);
          this.#voice = stream;
        },
      };
      const session = await this.#warmLine.open(plan, listener, signal);
      const { line } = session;
      if (signal.aborted || !line) return session.close();
      this.#session = session;
      this.#happen({
        type: 'session-open',
        attempt,
        provider: line.provider,
        model: line.model,
        transport: line.kind,
        reason: line.reason,
      });
    } catch (error) {
      if (!signal.aborted) this.#happen({ type: 'session-failed', attempt, fault: faultOf(error) });
    }
  }

  #createSpeaker({ speakerId }: SoundSettings): Speaker {
    const speaker = this.#parts.createSpeaker();
    void speaker.setDevice(speakerId);
    return speaker;
  }

  #take(news: News, attempt: number): void {
    if (news.type === 'voice-started') this.#speaker?.unhush();
    // The jitter buffer of a track still holds the rest of what was cut; a socket's voice was emptied by ourselves, and
    // says that it began when it did.
    if (news.type === 'response-started' && !this.#session?.line?.transport.carriesTrack) this.#speaker?.unhush();
    if (news.type === 'person-started') this.#uplink.heard('speech');
    if (news.type === 'person-committed') this.#uplink.heard('turn');
    if (news.type === 'input-empty') this.#uplink.heard('nothing');
    this.#happen({ type: 'news', attempt, news });
  }

  async #endTurn(send: boolean): Promise<void> {
    const sent = await this.#uplink.end(send);
    this.#happen({ type: 'turn-over', sent, wanted: send });
  }

  #adjust({ talk, sound, session }: Extract<Effect, { type: 'adjust' }>): void {
    if (session) this.#session?.change({ audio: session });
    this.#uplink.setManual(talk.mode !== 'hands-free');
    this.#keeper.change(sound);
    void this.#speaker?.setDevice(sound.speakerId);
  }

  /** Where nobody tells that the key came up (a browser page, a worker that was away), the turn must end all the same. */
  #limitTurn(held: boolean): void {
    if (held === (this.#turnTimer !== undefined)) return;
    clearTimeout(this.#turnTimer);
    this.#turnTimer = held ? setTimeout(() => this.talkEnd(true), longestTurnMs) : undefined;
  }

  /** A tone for the beginning, the end and a fault of a spoken call; never over what is being said. */
  #soundPhase({ phase, plan, liveAt, facts }: CallState): void {
    if (!plan?.sound.sounds || !plan.microphone) return;
    const kind = phase === 'failed' ? 'fault' : phase === 'ended' && liveAt !== null ? 'end' : null;
    const begins = phase === 'live' && !this.#begun && !facts.held && !facts.personTalking;
    if (phase === 'live') this.#begun = true;
    if (kind !== null || begins) this.#tone = this.#parts.playTone(kind ?? 'start', plan.sound.speakerId);
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
    this.#uplink.close();
    this.#session?.close();
    this.#session = null;
    this.#voice = null;
  }

  /** Everything that was opened is closed; the microphone first. */
  #release(): void {
    this.#keeper.close();
    this.#life.abort();
    this.#life = new AbortController();
    clearTimeout(this.#framesTimer);
    this.#closeSession();
    this.#warmLine.close();
    this.#uplink = new Uplink(this.#parts);
    this.#speaker?.close();
    this.#speaker = null;
    this.#ear?.close();
    this.#ear = null;
    this.#begun = false;
    this.#parts.publishLevel({ microphone: 0, voice: 0 });
  }
}
