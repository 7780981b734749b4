/** What both ways of taking turns share: the line, the ear, the track, and how far the sound has gone up. */
import { encodePcm } from '../../audio/base64.ts';
import type { Delivery, Ear } from '../../audio/ear.ts';
import type { Session } from '../../session/session.ts';

export type UplinkSession = Pick<
  Session,
  'line' | 'setTrack' | 'append' | 'clearInput' | 'commit' | 'answer' | 'saySound'
>;

export interface UplinkParts {
  /** Providers that are known to hear no appended sound where the line carries a track. */
  deaf: { has(provider: string): boolean; add(provider: string): void };
  log(line: string): void;
}

export class Upward {
  readonly #parts: UplinkParts;
  #delivering: Delivery | null = null;
  #onTrack = false;
  ear: Ear | null = null;
  track: MediaStreamTrack | null = null;
  session: UplinkSession | null = null;
  /** Sound before this position has gone up, or was not for the provider. */
  unsentFrom = 0;

  constructor(parts: UplinkParts) {
    this.#parts = parts;
  }

  /** The raw track is on the line. */
  get onTrack(): boolean {
    return this.#onTrack;
  }

  /** Appended sound is heard here, as far as we know. */
  get appends(): boolean {
    const line = this.session?.line;
    return line != null && (!line.transport.carriesTrack || !this.#parts.deaf.has(line.provider));
  }

  get carriesTrack(): boolean {
    return this.session?.line?.transport.carriesTrack ?? false;
  }

  async useTrack(): Promise<void> {
    this.#onTrack = true;
    await this.session?.setTrack(this.track);
  }

  async takeTrackOff(): Promise<void> {
    this.#onTrack = false;
    await this.session?.setTrack(null);
  }

  /** From a position on, live, until it is stopped. */
  deliver(from: number): void {
    const { session } = this;
    if (this.ear && session) this.#delivering = this.ear.deliver(from, (frame) => session.append(encodePcm(frame)));
  }

  /** The position after the last sample that went up; null when nothing was being delivered. */
  async stopDelivering(): Promise<number | null> {
    const delivering = this.#delivering;
    this.#delivering = null;
    if (!delivering) return null;
    const position = await delivering.stop();
    this.unsentFrom = Math.max(this.unsentFrom, position);
    return position;
  }

  /** The line is gone: what is said from now on waits in the ring. */
  loseLine(): void {
    this.session = null;
    const { ear } = this;
    if (this.#onTrack) void ear?.look(0).then(({ position }) => (this.unsentFrom = position));
    this.#onTrack = false;
    void this.stopDelivering();
  }

  /** Of the next sample. */
  async position(): Promise<number> {
    return (await this.ear?.look(this.unsentFrom))?.position ?? 0;
  }

  noteDeaf(): void {
    const provider = this.session?.line?.provider;
    if (provider === undefined) return;
    this.#parts.log(`${provider} does not hear appended sound on this line`);
    this.#parts.deaf.add(provider);
  }

  log(line: string): void {
    this.#parts.log(line);
  }
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Faster than this, what the model hears has changed. */
export const catchUpSpeed = 1.25;
