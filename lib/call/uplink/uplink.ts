/** How the microphone's sound goes up, so that nothing that was said is lost or sent twice. */
import type { Ear } from '../../audio/ear.ts';
import { HandsFree } from './hands-free.ts';
import { OwnTurns } from './own-turns.ts';
import { Upward, type UplinkParts, type UplinkSession } from './upward.ts';

export class Uplink {
  readonly #up: Upward;
  readonly #handsFree: HandsFree;
  readonly #ownTurns: OwnTurns;
  #manual = false;
  /** Changes of the line and of turns, one after the other. */
  #work: Promise<unknown> = Promise.resolve();

  constructor(parts: UplinkParts) {
    this.#up = new Upward(parts);
    this.#handsFree = new HandsFree(this.#up);
    this.#ownTurns = new OwnTurns(this.#up);
  }

  setEar(ear: Ear | null): void {
    this.#up.ear = ear;
  }

  /** Of the device in use; another takes its place without a word lost. */
  setMicrophone(track: MediaStreamTrack | null): void {
    this.#up.track = track;
    if (this.#up.onTrack) void this.#up.useTrack();
  }

  /** The line is open and the microphone too. */
  open(session: UplinkSession): void {
    if (this.#up.session === session) return;
    this.#up.session = session;
    void this.#inTurn(() => this.#begin());
  }

  /** The line is gone: what is said from now on waits in the ring. */
  close(): void {
    this.#handsFree.stop();
    this.#up.loseLine();
  }

  /** Tap and hold, or hands-free. The session is told of the change by the call. */
  setManual(manual: boolean): void {
    if (manual === this.#manual) return;
    this.#manual = manual;
    this.#handsFree.stop();
    this.#ownTurns.forget();
    const up = this.#up;
    // Before there is a line nothing goes up; what waits in the ring keeps its place.
    if (!up.session) return;
    void this.#inTurn(async () => {
      await up.stopDelivering();
      up.unsentFrom = await up.position();
      if (manual) {
        await up.takeTrackOff();
        up.session?.clearInput();
      }
      await this.#begin();
    });
  }

  /** The loudness of the last 50 ms. */
  level(rms: number): void {
    this.#ownTurns.level(rms);
  }

  /** What the provider tells of its own ears. */
  heard(what: 'speech' | 'turn' | 'nothing'): void {
    if (what === 'nothing') return void this.#inTurn(() => this.#ownTurns.refuted());
    this.#handsFree.hears(what);
    if (what === 'turn') this.#ownTurns.proved();
  }

  /** The key goes down. */
  begin(): Promise<void> {
    return this.#inTurn(async () => (this.#manual ? this.#ownTurns.begin() : undefined));
  }

  /** The key goes up. False when nothing was sent: it was let go of, or nobody spoke. */
  end(send: boolean): Promise<boolean> {
    return this.#inTurn(async () => (this.#manual ? this.#ownTurns.end(send) : false));
  }

  async #begin(): Promise<void> {
    if (this.#manual) await this.#ownTurns.sendSealed();
    else void this.#handsFree.start().catch((error: unknown) => this.#up.log(`uplink: ${String(error)}`));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#work.then(work);
    this.#work = next.catch((error: unknown) => this.#up.log(`uplink: ${String(error)}`));
    return next;
  }
}
