/**
 * Hands-free, the raw track is what the line carries. What was said before the line was open is appended, and so is the
 * rest of that turn: the provider writes one buffer in order of arrival, so a turn is appended or carried by the track,
 * never both. Between turns the track takes over. A provider that hears no appended sound gets a track that plays the
 * ring until it has caught up.
 */
import type { Ear } from '../../audio/ear.ts';
import { samplesOf } from './from-ring.ts';
import { catchUpSpeed, pause, type Upward } from './upward.ts';

/** Kept from before speech was noticed: as much as the provider keeps by itself. */
const beforeSpeech = samplesOf(300);
/** So much sound without speech is enough to say that nobody has begun. */
const enoughToJudge = samplesOf(150);
const lookEveryMs = 40;
/** Nobody speaks, and the provider took none of it for speech. */
const nothingSaidAfter = samplesOf(2000);
/** What is kept from before it, 300 ms of speech, and the 300 ms for which speech is not over: no knock lasts so long. */
const surelySpeech = samplesOf(900);
/** A provider that hears what was appended says so long before this. */
const hearingDeadlineMs = 1500;

export class HandsFree {
  readonly #up: Upward;
  /** Grows with every change that makes running work stale. */
  #epoch = 0;
  /** What the provider has said of the turn that is appended. */
  #hears = false;
  #committed = false;

  constructor(up: Upward) {
    this.#up = up;
  }

  /** What runs gives up at its next step. */
  stop(): void {
    this.#epoch += 1;
  }

  /** The provider hears speech, or has made a turn of it. */
  hears(what: 'speech' | 'turn'): void {
    this.#hears = true;
    if (what === 'turn') this.#committed = true;
  }

  async start(): Promise<void> {
    const epoch = (this.#epoch += 1);
    const stale = () => epoch !== this.#epoch;
    const up = this.#up;
    const { ear } = up;
    if (!ear) return up.useTrack();
    if (!up.carriesTrack) return up.deliver(up.unsentFrom);
    while (!stale()) {
      const { position, speechFrom } = await ear.look(up.unsentFrom);
      if (stale()) return;
      if (speechFrom !== null) {
        const from = Math.max(up.unsentFrom, speechFrom - beforeSpeech);
        return up.appends ? this.#append(ear, from, stale) : this.#catchUp(ear, from, stale);
      }
      if (position - up.unsentFrom >= enoughToJudge) return up.useTrack();
      await pause(lookEveryMs);
    }
  }

  async #append(ear: Ear, from: number, stale: () => boolean): Promise<void> {
    const up = this.#up;
    this.#hears = false;
    this.#committed = false;
    up.deliver(from);
    let lastSpeech = from;
    let unheardSince: number | null = null;
    while (!stale()) {
      await pause(lookEveryMs);
      const { position, speaking } = await ear.look(from);
      if (stale()) return;
      if (speaking) lastSpeech = position;
      const nothingSaid = !this.#hears && position - lastSpeech > nothingSaidAfter;
      if ((this.#committed && !speaking) || nothingSaid) {
        await up.stopDelivering();
        return stale() ? undefined : up.useTrack();
      }
      const arrived = up.session?.line?.transport.backlog === 0;
      if (this.#hears || !arrived || lastSpeech - from < surelySpeech) unheardSince = null;
      else unheardSince ??= Date.now();
      if (unheardSince !== null && Date.now() - unheardSince > hearingDeadlineMs)
        return this.#sayAgain(ear, from, stale);
    }
  }

  /** Nothing of it was heard. Only when the track then is, it was the appending and not the speech. */
  async #sayAgain(ear: Ear, from: number, stale: () => boolean): Promise<void> {
    await this.#up.stopDelivering();
    if (stale()) return;
    this.#up.session?.clearInput();
    await this.#catchUp(ear, from, stale);
    if (this.#hears) this.#up.noteDeaf();
  }

  async #catchUp(ear: Ear, from: number, stale: () => boolean): Promise<void> {
    const catchUp = ear.catchUp(from, catchUpSpeed);
    try {
      await this.#up.session?.setTrack(catchUp.track);
      await catchUp.caughtUp;
      while (!stale() && (await ear.look(from)).speaking) await pause(lookEveryMs);
      if (!stale()) await this.#up.useTrack();
    } finally {
      catchUp.close();
    }
  }
}
