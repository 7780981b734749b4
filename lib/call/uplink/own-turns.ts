/**
 * Tap and hold: the person says when a turn begins and ends. It is appended whole, so that it has an exact beginning, a
 * little before the key, and an exact end; between turns nothing goes up. What was said before the line was open goes up
 * when it is.
 */
import { encodePcm } from '../../audio/base64.ts';
import { collectPiece, deliverPiece, fitsOneItem, samplesOf, type Piece } from './from-ring.ts';
import { catchUpSpeed, pause, type Upward } from './upward.ts';

/** A word is begun with the finger still on its way to the key. */
const beforeKey = samplesOf(200);
/** RTP that is still on its way when the key is released. */
const inFlightMs = 150;
/** RMS of a voice that the onset detection may miss; a quiet room is below a tenth of it. */
const faintVoice = 0.02;

export class OwnTurns {
  readonly #up: Upward;
  #held: { from: number; loudest: number } | null = null;
  /** Turns that were over before the line was open. */
  #sealed: Piece[] = [];
  /** An appended turn on a line with a track, until the provider has shown once that it hears such. */
  #unproven: Piece | null = null;
  #proven = false;

  constructor(up: Upward) {
    this.#up = up;
  }

  /** The loudness of the last 50 ms, for a voice that is too soft to be noticed otherwise. */
  level(rms: number): void {
    if (this.#held) this.#held.loudest = Math.max(this.#held.loudest, rms);
  }

  /** What is open is dropped. */
  forget(): void {
    this.#held = null;
  }

  async begin(): Promise<void> {
    const up = this.#up;
    if (this.#held) return;
    const from = Math.max(up.unsentFrom, (await up.position()) - beforeKey);
    this.#held = { from, loudest: 0 };
    if (up.session) await this.#sendFrom(from);
  }

  /** False when nothing was sent: it was let go of, or nobody spoke. */
  async end(send: boolean): Promise<boolean> {
    const up = this.#up;
    const held = this.#held;
    if (!held) return false;
    const { session } = up;
    if (session && up.onTrack) await pause(inFlightMs);
    const to = (await up.stopDelivering()) ?? (await up.position());
    this.#held = null;
    up.unsentFrom = to;
    const heard = await up.ear?.look(held.from);
    const wanted = send && (heard?.speechFrom != null || held.loudest > faintVoice);
    const piece = { from: held.from, to };
    if (!session || session !== up.session) {
      if (wanted) this.#sealed.push(piece);
      return wanted;
    }
    if (up.onTrack) await up.takeTrackOff();
    if (wanted) this.#close(piece);
    else session.clearInput();
    return wanted;
  }

  /** The line is open: one turn after the other, and one answer. */
  async sendSealed(): Promise<void> {
    const up = this.#up;
    for (const piece of this.#sealed.splice(0)) {
      const { session, ear } = up;
      if (!session || !ear) return;
      if (up.appends) {
        await deliverPiece(ear, piece, (frame) => session.append(encodePcm(frame)));
        this.#close(piece);
      } else await this.#sendOtherwise(piece);
    }
    if (this.#held && up.session) await this.#sendFrom(this.#held.from);
  }

  /** The provider has made a turn of what was appended. */
  proved(): void {
    if (!this.#unproven) return;
    this.#unproven = null;
    this.#proven = true;
    this.#up.session?.answer();
  }

  /** The provider had heard nothing of it. */
  async refuted(): Promise<void> {
    const piece = this.#unproven;
    this.#unproven = null;
    if (!piece) return;
    this.#up.noteDeaf();
    await this.#sendOtherwise(piece);
  }

  async #sendFrom(from: number): Promise<void> {
    if (this.#up.ear && this.#up.appends) this.#up.deliver(from);
    else await this.#up.useTrack();
  }

  #close(piece: Piece): void {
    const { session, carriesTrack, appends } = this.#up;
    session?.commit();
    // The answer to a turn that was not heard would be an answer to nothing.
    if (carriesTrack && appends && !this.#proven) this.#unproven = piece;
    else session?.answer();
  }

  /** For a provider that hears no appended sound: as one item where it is short, else by a track that catches up. */
  async #sendOtherwise(piece: Piece): Promise<void> {
    const { session, ear } = this.#up;
    if (!session || !ear) return;
    if (fitsOneItem(piece)) return session.saySound(encodePcm(await collectPiece(ear, piece)));
    const catchUp = ear.catchUp(piece.from, catchUpSpeed);
    await session.setTrack(catchUp.track);
    await catchUp.caughtUp;
    await pause(inFlightMs);
    await session.setTrack(null);
    catchUp.close();
    session.commit();
    session.answer();
  }
}
