/** Everything of a call that is heard or hears: microphone, ear, loudspeaker, tones, and how sound goes up. */
import type { Ear, EarEvents, LevelReport, Onset } from '../audio/ear.ts';
import type { Microphone } from '../audio/microphone.ts';
import type { Speaker } from '../audio/speaker.ts';
import { faultOf } from '../protocol/faults.ts';
import type { CallPlan } from '../protocol/messages.ts';
import type { Level, MicrophoneTrouble } from '../protocol/snapshot.ts';
import type { News } from '../session/news.ts';
import type { Session } from '../session/session.ts';
import { isHeard, sounds } from './answers.ts';
import type { Happening } from './events.ts';
import { FirstSound } from './first-sound.ts';
import { MicrophoneKeeper, type KeeperParts } from './microphone-keeper.ts';
import { SilenceWatch } from './silence-watch.ts';
import type { CallState } from './state.ts';
import { Uplink } from './uplink/uplink.ts';
import type { UplinkParts } from './uplink/upward.ts';

export interface CallSoundParts {
  openMicrophone: KeeperParts['openMicrophone'];
  watchDevices: KeeperParts['watchDevices'];
  openEar(events: EarEvents): Promise<Ear>;
  createSpeaker(): Speaker;
  playTone(kind: 'start' | 'end' | 'fault', speakerId: string): Promise<void>;
  deaf: UplinkParts['deaf'];
  publishLevel(level: Level): void;
  log(line: string): void;
}

/** The call that the sound belongs to. */
export interface SoundOwner {
  state(): CallState;
  happen(happening: Happening): void;
  /** Somebody speaks, for sure; told as long as they do. */
  voice(): void;
}

/** No report from the worklet for this long: no frames are flowing, whatever the track says. */
const framesDeadlineMs = 1_000;

export class CallSound {
  readonly #parts: CallSoundParts;
  readonly #owner: SoundOwner;
  readonly #keeper: MicrophoneKeeper;
  #uplink: Uplink;
  #ear: Ear | null = null;
  #speaker: Speaker | null = null;
  /** The voice may arrive before the ear is there. */
  #voice: MediaStream | null = null;
  #session: Session | null = null;
  /** Ears that have stopped in a row. */
  #stopped = 0;
  #trouble: MicrophoneTrouble | null = null;
  #framesTimer: ReturnType<typeof setTimeout> | undefined;
  /** Somebody speaks, as far as our own ear can tell. */
  #hearing = false;
  /** And it is speech. */
  #sure = false;
  #firstSound = new FirstSound();
  readonly #silence = new SilenceWatch();
  /** The start of this call has been announced. */
  #begun = false;
  #tone: Promise<void> = Promise.resolve();

  constructor(parts: CallSoundParts, owner: SoundOwner) {
    this.#parts = parts;
    this.#owner = owner;
    this.#keeper = new MicrophoneKeeper({
      openMicrophone: parts.openMicrophone,
      // A loudspeaker may have come back too.
      watchDevices: (changed) =>
        parts.watchDevices(() => {
          changed();
          this.#useSpeaker();
        }),
      log: parts.log,
      using: (microphone) => this.#useMicrophone(microphone),
      trouble: (trouble) => {
        this.#trouble = trouble;
        this.#tellTrouble();
      },
    });
    this.#uplink = new Uplink(parts);
  }

  /** Resolves when the last tone has sounded. */
  get quiet(): Promise<void> {
    return this.#tone;
  }

  /** What comes of it happens to the call. `signal`: the call's life. */
  async openMicrophone(attempt: number, signal: AbortSignal): Promise<void> {
    const { plan, muted } = this.#owner.state();
    if (!plan) return;
    this.#uplink.setManual(plan.talk.mode !== 'hands-free');
    try {
      // Side by side: the worklet is there when the first frame comes.
      await Promise.all([this.#keeper.open(plan.sound, muted), this.#ensureEar(signal)]);
      if (!signal.aborted) this.#owner.happen({ type: 'microphone-open', attempt });
    } catch (error) {
      if (signal.aborted) return;
      const fault = faultOf(error);
      if (fault.code === 'microphone-needed') this.#owner.happen({ type: 'microphone-needed', attempt });
      else this.#owner.happen({ type: 'microphone-failed', attempt, fault });
    }
  }

  openSpeaker({ answers, sound }: CallPlan): void {
    if (this.#speaker) return;
    this.#speaker = this.#parts.createSpeaker();
    this.#speaker.setSilent(answers !== 'voice');
    void this.#speaker.setDevice(sound.speakerId);
  }

  play(voice: MediaStream): void {
    this.#voice = voice;
    this.#speaker?.play(voice);
    this.#hearVoice();
  }

  openUplink(session: Session): void {
    this.#session = session;
    this.#hearVoice();
    this.#uplink.open(session);
  }

  setMuted(muted: boolean): void {
    this.#keeper.setMuted(muted);
  }

  beginTurn(): void {
    void this.#uplink.begin();
  }

  async endTurn(send: boolean): Promise<void> {
    if (send) this.turnEnded();
    const sent = await this.#uplink.end(send);
    this.#owner.happen({ type: 'turn-over', sent, wanted: send });
  }

  /** The person says that they are done. */
  turnEnded(): void {
    this.#firstSound.turnEnded(performance.now());
  }

  /** The next answer is to something typed. */
  typed(): void {
    this.#firstSound.typed();
  }

  adjust({ talk, answers, sound }: CallPlan): void {
    this.#uplink.setManual(talk.mode !== 'hands-free');
    this.#keeper.change(sound);
    this.#speaker?.setSilent(answers !== 'voice');
    this.#hearVoice();
    this.#useSpeaker();
  }

  /** The answer falls silent here, whatever is still on its way. */
  hush(): void {
    this.#speaker?.hush();
  }

  /** What the provider tells of its ears and its voice. */
  hear(news: News, carriesTrack: boolean): void {
    if (news.type === 'voice-started') {
      this.#speaker?.unhush();
      this.#firstSound.voiceStarted();
    }
    if (news.type === 'voice-stopped') this.#firstSound.voiceStopped();
    if (news.type === 'response-started') this.#answerBegins(carriesTrack);
    if (news.type === 'person-started') this.#uplink.heard('speech');
    if (news.type === 'person-committed') this.#uplink.heard('turn');
    if (news.type === 'input-empty') this.#uplink.heard('nothing');
  }

  /** A tone for the beginning, the end and a fault of a spoken call; never over what is being said. */
  announce({ phase, plan, liveAt, facts }: CallState): void {
    if (!plan?.sound.sounds || !plan.microphone) return;
    const kind = phase === 'failed' ? 'fault' : phase === 'ended' && liveAt !== null ? 'end' : null;
    const begins = phase === 'live' && !this.#begun && !facts.held && !this.#hearing;
    if (phase === 'live') this.#begun = true;
    if (kind !== null || begins) this.#tone = this.#parts.playTone(kind ?? 'start', plan.sound.speakerId);
  }

  /** The falling tone of the end, a while before it. */
  warn(): void {
    const { plan } = this.#owner.state();
    if (plan?.sound.sounds) void this.#parts.playTone('end', plan.sound.speakerId);
  }

  /** The line is gone; microphone and ear stay. */
  closeLine(): void {
    this.#uplink.close();
    this.#session = null;
    this.#voice = null;
  }

  /** The microphone first. Harmless when repeated. */
  release(): void {
    this.#keeper.close();
    clearTimeout(this.#framesTimer);
    this.closeLine();
    this.#uplink = new Uplink(this.#parts);
    this.#speaker?.close();
    this.#speaker = null;
    this.#ear?.close();
    this.#ear = null;
    this.#hearing = false;
    this.#sure = false;
    this.#begun = false;
    this.#stopped = 0;
    this.#trouble = null;
    this.#firstSound = new FirstSound();
    this.#parts.publishLevel({ microphone: 0, voice: 0 });
  }

  #answerBegins(carriesTrack: boolean): void {
    const state = this.#owner.state();
    // What goes on behind a silent loudspeaker is of another answer now: the sound comes back with this one.
    if (state.facts.playing && !isHeard(state)) this.#speaker?.hush();
    // The jitter buffer of a track still holds the rest of what was cut; a socket's voice was emptied by ourselves, and
    // says that it began when it did.
    else if (!carriesTrack) this.#speaker?.unhush();
  }

  /** The ear knows the voice that leaves the loudspeaker: what is silent there is neither shown nor comes back as an echo. */
  #hearVoice(): void {
    this.#ear?.setVoice(isHeard(this.#owner.state()) ? this.#voice : null);
  }

  /** The name stays: it says which one is gone. */
  #useMicrophone(microphone: Microphone | null): void {
    this.#ear?.setMicrophone(microphone?.stream ?? null);
    this.#uplink.setMicrophone(microphone?.track ?? null);
    if (microphone) this.#owner.happen({ type: 'microphone-name', name: microphone.name });
  }

  #useSpeaker(): void {
    void this.#speaker?.setDevice(this.#owner.state().plan?.sound.speakerId ?? '');
  }

  #tellTrouble(): void {
    const trouble = this.#stopped > 1 ? 'stopped' : this.#trouble;
    this.#owner.happen({ type: 'microphone-trouble', trouble });
  }

  /** Another takes its place, and with it a new way up: whoever waits for the old one would wait for ever. */
  async #replaceEar(signal: AbortSignal): Promise<void> {
    const session = this.#session;
    const { plan } = this.#owner.state();
    this.#ear?.close();
    this.#ear = null;
    this.#uplink.close();
    this.#uplink = new Uplink(this.#parts);
    this.#uplink.setManual(plan?.talk.mode !== 'hands-free');
    this.#uplink.setMicrophone(this.#keeper.microphone?.track ?? null);
    this.#owner.happen({ type: 'talk-end', send: false });
    this.#stopped += 1;
    if (this.#stopped > 1) this.#tellTrouble();
    await this.#ensureEar(signal);
    if (signal.aborted || !session || session !== this.#session) return;
    this.#hearVoice();
    this.#uplink.open(session);
  }

  /** A call without a worklet is still a call; it just never claims to be listening. */
  async #ensureEar(signal: AbortSignal): Promise<void> {
    if (this.#ear) return;
    try {
      const ear = await this.#parts.openEar({
        level: (report) => this.#measured(report),
        onset: (onset) => this.#onset(onset),
        stopped: () => {
          this.#parts.log('worklet: stopped');
          if (!signal.aborted) void this.#replaceEar(signal);
        },
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
    const state = this.#owner.state();
    const { muted, facts } = state;
    this.#parts.publishLevel({ microphone: muted ? 0 : microphone, voice });
    if (this.#stopped > 0) this.#wakes();
    this.#keeper.measured(report);
    this.#uplink.level(microphone);
    if (this.#sure) this.#owner.voice();
    const firstSoundMs = this.#firstSound.level(voice, performance.now());
    if (firstSoundMs !== null) this.#owner.happen({ type: 'times', times: { firstSoundMs } });
    const claims = { person: facts.personTalking, voice: this.#voice !== null && sounds(state) };
    const quiet = this.#silence.after(claims, this.#hearing, voice);
    if (quiet) this.#owner.happen({ type: 'silence', of: quiet });
    if (microphoneFrames === 0) return;
    clearTimeout(this.#framesTimer);
    this.#framesTimer = setTimeout(() => this.#owner.happen({ type: 'frames', flowing: false }), framesDeadlineMs);
    if (!facts.frames) this.#owner.happen({ type: 'frames', flowing: true });
  }

  #wakes(): void {
    const wasTold = this.#stopped > 1;
    this.#stopped = 0;
    if (wasTold) this.#tellTrouble();
  }

  /** Our own ears are a round trip faster than the provider's: the voice gives way at once, and stops when it is speech. */
  #onset({ kind }: Onset): void {
    if (kind === 'sure') this.#firstSound.speech();
    if (kind === 'over') this.#firstSound.quiet(performance.now());
    this.#hearing = kind !== 'over';
    this.#sure = kind === 'sure' || (kind === 'maybe' && this.#sure);
    const state = this.#owner.state();
    const { plan } = state;
    if (kind === 'over') this.#speaker?.unduck();
    else if (kind === 'sure') this.#owner.happen({ type: 'barge-in' });
    else if (sounds(state) && plan?.talk.mode === 'hands-free' && !plan.talk.noisyRoom) this.#speaker?.duck();
  }
}
