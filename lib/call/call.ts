/**
 * The one stateful call: keeps the state, runs the machine's effects, publishes snapshots. What it needs from the
 * outside is handed in, so that it runs in tests and in any page.
 */
import { faultOf } from '../protocol/faults.ts';
import type { Grant } from '../protocol/grant.ts';
import type { Adjustment, CallPlan, Sent, ToolOutcome } from '../protocol/messages.ts';
import { isActive, type KeepTrouble, type MicrophoneAnswer, type Phase, type Snapshot } from '../protocol/snapshot.ts';
import { masked } from '../protocol/masked.ts';
import { uncaughtLine } from '../protocol/uncaught.ts';
import type { News } from '../session/news.ts';
import type { Connected } from '../session/connect-any.ts';
import type { Allowed } from '../session/relay-call.ts';
import type { Session } from '../session/session.ts';
import { isHeard } from './answers.ts';
import { awaitTry } from './await-try.ts';
import { CallSound, type CallSoundParts } from './call-sound.ts';
import { CallTools, type CallToolsParts } from './call-tools.ts';
import type { CallEvent, Effect, Happening } from './events.ts';
import { IdleWatch } from './idle-watch.ts';
import { LastWords } from './last-words.ts';
import { transition } from './machine.ts';
import { spentOf } from './money.ts';
import type { Wait } from './on-late.ts';
import { briefing } from './on-tools.ts';
import { snapshotOf } from './snapshot-of.ts';
import { idleState, type CallState, type Earlier } from './state.ts';
import { WarmLine, type WarmParts } from './warm-line.ts';

export interface CallParts extends Omit<WarmParts, 'cooled'>, CallSoundParts, CallToolsParts {
  askPermission(): Promise<unknown>;
  publish(snapshot: Snapshot): void;
  finished(snapshot: Snapshot, sent: Record<string, Sent>): Promise<unknown>;
  /** Books what the call has cost in all, in US dollars; resolves to what was spent with it. */
  spent(callId: string, usd: number): Promise<unknown>;
  /** What this relay has left for a call. */
  requestAllowed(relay: Pick<CallPlan, 'relayUrl' | 'deviceToken'>): Promise<Allowed>;
  /** Nothing lives here any more, though no call has ended. */
  idle(): void;
}

const longestTurnMs = 180_000;

export class Call {
  readonly #parts: CallParts;
  readonly #bootId = crypto.randomUUID();
  readonly #warmLine: WarmLine;
  readonly #sound: CallSound;
  readonly #tools: CallTools;
  readonly #idle: IdleWatch;
  readonly #lastWords = new LastWords(() => this.#happen({ type: 'last-words-over' }));
  #state: CallState = idleState;
  #seq = 0;
  /** Of this document, by the clock on the wall. While a line is away that is not asked: somebody may set it meanwhile. */
  #openedAt = 0;
  #session: Session | null = null;
  /** Ends everything that belongs to the call. */
  #life = new AbortController();
  /** Ends one attempt to bring the line up. */
  #attempt = new AbortController();
  #turnTimer: ReturnType<typeof setTimeout> | undefined;
  #wait: Wait | null = null;
  #waitTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: CallParts) {
    this.#parts = parts;
    this.#warmLine = new WarmLine({ ...parts, cooled: () => !this.active && parts.idle() });
    const owner = {
      state: () => this.#state,
      happen: (happening: Happening) => this.#happen(happening),
      now: parts.now,
      voice: () => this.#idle.voice(),
    };
    this.#idle = new IdleWatch(owner);
    this.#sound = new CallSound(parts, owner);
    this.#tools = new CallTools(parts, (happening) => this.#happen(happening));
  }

  get active(): boolean {
    return isActive(this.#state.phase);
  }

  /** The person wants this call to be kept for later. */
  get keeps(): boolean {
    return this.#state.plan?.keep ?? false;
  }

  /** May the document be closed? Resolves when the last tone has sounded. */
  async isOver(): Promise<boolean> {
    await this.#sound.quiet;
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

  /** `earlier`: what the call goes on with. */
  start(plan: CallPlan, say: string | null = null, earlier?: Earlier): void {
    if (!this.active) this.#tools.open();
    this.#happen({ type: 'start', callId: crypto.randomUUID(), plan, say, ...(earlier ? { earlier } : {}) });
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

  adjust({ talk, answers, sound, limits }: Adjustment): void {
    this.#happen({ type: 'adjust', talk, answers, sound, limits });
  }

  say(text: string): void {
    this.#happen({ type: 'say', text });
  }

  /** Why the call is not kept for later; null: it is. */
  keeping(trouble: KeepTrouble | null): void {
    if (trouble) this.#parts.log(`past calls: ${trouble}`);
    this.#happen({ type: 'keeping', trouble });
  }

  /** A click has allowed what a tool was refused. */
  goOn(): void {
    this.#happen({ type: 'go-on' });
  }

  /** Once more for the answer that has not come. */
  askAgain(): void {
    this.#happen({ type: 'ask-again' });
  }

  /** What the tool row of this id sent; null when that is not kept. */
  sent(lineId: string): Sent | null {
    return this.#tools.sent(lineId);
  }

  permissionAnswered(answer: MicrophoneAnswer): void {
    this.#happen({ type: 'permission', answer });
  }

  #happen(happening: Happening): void {
    try {
      this.#step(happening);
    } catch (error) {
      this.#broken(error);
    }
  }

  /** What an error of our own leaves cannot be trusted to listen: all is closed first, and said then. */
  #broken(error: unknown): void {
    const detail = masked(uncaughtLine(error));
    this.#parts.log(detail);
    this.#release();
    try {
      this.#step({ type: 'broken', fault: { code: 'internal', detail } });
    } catch (again) {
      this.#parts.log(uncaughtLine(again));
      this.#parts.idle();
    }
  }

  #step(happening: Happening): void {
    const before = this.#state.phase;
    const sinceOpen = performance.now();
    if (before !== 'reconnecting') this.#openedAt = this.#parts.now() - sinceOpen;
    const event = { ...happening, at: Math.round(this.#openedAt + sinceOpen) } as CallEvent;
    const { state, effects } = transition(this.#state, event);
    if (state !== this.#state) {
      this.#state = state;
      this.#seq += 1;
      this.#parts.publish(this.snapshot());
    }
    if (state.phase !== before) this.#changed(before);
    this.#limitTurn(state.facts.held);
    this.#limitWait(state.wait);
    for (const effect of effects) this.#run(effect);
    this.#lastWords.after(this.#state);
    this.#idle.after(event);
  }

  /** The life goes on: heard, and one line in the log. */
  #changed(before: Phase): void {
    const { phase, fault, transport } = this.#state;
    const how = phase === 'failed' ? fault?.code : phase === 'live' ? transport : null;
    this.#parts.log(`${before} → ${phase}${how ? ` (${how})` : ''}`);
    this.#sound.announce(this.#state);
  }

  #run(effect: Effect): void {
    switch (effect.type) {
      case 'open-microphone':
        void this.#sound.openMicrophone(effect.attempt, this.#life.signal);
        break;
      case 'open-session':
        void this.#openSession(effect.attempt, effect.plan);
        break;
      case 'retry':
        awaitTry(effect, this.#life.signal, () => this.#happen({ type: 'retry', attempt: effect.attempt }));
        break;
      case 'prepare':
        this.#warmLine.warm(effect.plan);
        break;
      case 'await-renewal':
        this.#after(effect.afterMs, () => ({
          type: 'renewal',
          attempt: effect.attempt,
          last: effect.last,
          prepared: this.#warmLine.isWarm,
        }));
        break;
      case 'ask-answer':
        this.#session?.answer();
        break;
      case 'await-live':
        this.#after(effect.withinMs, { type: 'too-late', attempt: effect.attempt });
        break;
      case 'ask-permission':
        this.#parts.askPermission().catch((error: unknown) => this.#parts.log(`permission page: ${String(error)}`));
        break;
      case 'open-uplink':
        if (this.#session) this.#sound.openUplink(this.#session);
        break;
      case 'use-output':
        this.#session?.change({ output_modalities: [effect.output] });
        break;
      case 'recall':
        this.#session?.recall(effect.lines, effect.at, effect.lost);
        break;
      case 'set-muted':
        this.#sound.setMuted(effect.muted);
        break;
      case 'begin-turn':
        this.#sound.beginTurn();
        break;
      case 'end-turn':
        if (effect.send) this.#tools.newTurn();
        void this.#sound.endTurn(effect.send);
        break;
      case 'close-turn':
        this.#sound.turnEnded();
        this.#session?.closeTurn(effect.detection);
        break;
      case 'adjust':
        if (effect.session) this.#session?.change({ audio: effect.session });
        this.#sound.adjust(effect.plan);
        break;
      case 'send-text':
        this.#tools.newTurn();
        this.#sound.typed();
        this.#sound.hush();
        this.#session?.say(effect.itemId, effect.text, isHeard(this.#state));
        break;
      case 'stop-answer':
        this.#sound.hush();
        this.#session?.stopAnswer();
        break;
      case 'ask-again':
        this.#session?.answerAgain();
        break;
      case 'forget-answer':
        this.#session?.forgetAnswer();
        break;
      case 'run-tool':
        void this.#tools.run(effect, this.#life.signal);
        break;
      case 'answer-tool':
        this.#answerTool(effect.callId, effect.outcome);
        break;
      case 'cancel-tools':
        this.#tools.cancel();
        break;
      case 'brief':
        void this.#tools.brief(this.#life.signal);
        break;
      case 'send-brief':
        this.#session?.brief(effect.itemId, briefing, effect.output);
        break;
      case 'try-again':
        this.#tools.newTurn();
        this.#session?.tryAgain();
        break;
      case 'note':
        this.#session?.note(effect.text, effect.answer);
        break;
      case 'last-words':
        this.#session?.lastWords(effect.text);
        break;
      case 'warn-by-tone':
        this.#sound.warn();
        break;
      case 'book':
        void this.#book(effect.callId, effect.usd);
        break;
      case 'close-session':
        this.#closeSession();
        break;
      case 'release':
        this.#release();
        break;
      case 'finished':
        this.#parts
          .finished(this.snapshot(), this.#tools.allSent())
          .catch((error: unknown) => this.#parts.log(`finish: ${String(error)}`));
        break;
    }
  }

  async #openSession(attempt: number, plan: CallPlan): Promise<void> {
    this.#attempt.abort();
    this.#attempt = new AbortController();
    const signal = AbortSignal.any([this.#attempt.signal, this.#life.signal]);
    try {
      this.#sound.openSpeaker(plan);
      // A line that was given up may go on talking until it is closed.
      const listener = {
        news: (news: News) => signal.aborted || this.#take(news, attempt),
        voice: (stream: MediaStream) => signal.aborted || this.#sound.play(stream),
      };
      const again = this.#state.phase === 'reconnecting';
      const session = await this.#warmLine.open(plan, listener, signal, again);
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
      this.#timeLine(line);
      this.#askAllowed(plan, attempt);
    } catch (error) {
      if (!signal.aborted) this.#happen({ type: 'session-failed', attempt, fault: faultOf(error) });
    }
  }

  /** So that nobody is cut off unawares; a relay that does not tell may still say so at the end. */
  #askAllowed(plan: CallPlan, attempt: number): void {
    this.#parts.requestAllowed(plan).then(
      (allowed) => this.#happen({ type: 'allowed', attempt, ...allowed }),
      (error: unknown) => this.#parts.log(`what is left: ${String(error)}`),
    );
  }

  async #book(callId: string, usd: number): Promise<void> {
    try {
      const sums = spentOf(await this.#parts.spent(callId, usd));
      if (sums) this.#happen({ type: 'booked', callId, usd, ...sums });
    } catch (error) {
      // The call goes on with what it knows itself.
      this.#parts.log(`not booked: ${String(error)}`);
    }
  }

  #take(news: News, attempt: number): void {
    if (news.type === 'person-committed') this.#tools.newTurn();
    this.#sound.hear(news, this.#session?.line?.transport.carriesTrack ?? false);
    this.#happen({ type: 'news', attempt, news });
    if (news.type === 'voice-started' && this.#session?.line) this.#timeLine(this.#session.line);
  }

  /** When something happens anyway, so that no timer is needed. */
  #timeLine({ transport }: Connected): void {
    transport.roundTripMs?.().then(
      (roundTripMs) => this.#happen({ type: 'times', times: { roundTripMs } }),
      (error: unknown) => this.#parts.log(`round trip: ${String(error)}`),
    );
  }

  /** Where nobody tells that the key came up (a browser page, a worker that was away), the turn must end all the same. */
  #limitTurn(held: boolean): void {
    if (held === (this.#turnTimer !== undefined)) return;
    clearTimeout(this.#turnTimer);
    this.#turnTimer = held ? setTimeout(() => this.talkEnd(true), longestTurnMs) : undefined;
  }

  /** One timer, for what is waited for now. */
  #limitWait(wait: Wait | null): void {
    if (wait?.number === this.#wait?.number) return;
    clearTimeout(this.#waitTimer);
    this.#wait = wait;
    if (wait)
      this.#waitTimer = setTimeout(() => this.#happen({ type: 'patience', number: wait.number }), wait.lookInMs);
  }

  #after(ms: number, happening: Happening | (() => Happening)): void {
    const { signal } = this.#life;
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      this.#happen(typeof happening === 'function' ? happening() : happening);
    }, ms);
    const stop = () => clearTimeout(timer);
    signal.addEventListener('abort', stop);
  }

  #answerTool(callId: string, { output, image, quiet, last }: ToolOutcome): void {
    this.#session?.answerTool(callId, output, last ? 'last' : quiet ? 'quiet' : 'answer', image);
  }

  #closeSession(): void {
    this.#attempt.abort();
    this.#sound.closeLine();
    this.#session?.close();
    this.#session = null;
  }

  /** Everything that was opened is closed; the microphone first. */
  #release(): void {
    this.#sound.release();
    this.#life.abort();
    this.#life = new AbortController();
    this.#closeSession();
    this.#warmLine.close();
  }
}
