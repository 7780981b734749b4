/**
 * Keeps a call's microphone: opens it, changes it, notices within five seconds when it is gone, not allowed, muted by the
 * system or dead, says so, and takes one again as soon as there is one. The call goes on without it.
 */
import type { LevelReport } from '../audio/ear.ts';
import type { Microphone, MicrophoneRequest } from '../audio/microphone.ts';
import { faultOf } from '../protocol/faults.ts';
import type { SoundSettings } from '../protocol/messages.ts';
import type { MicrophoneTrouble } from '../protocol/snapshot.ts';

export interface KeeperParts {
  openMicrophone(request: MicrophoneRequest): Promise<Microphone>;
  /** Calls back when a device comes or goes, or the permission does. Returns the way to stop. */
  watchDevices(changed: () => void): () => void;
  /** A microphone is in use, the first or another; null: none is. */
  using(microphone: Microphone | null): void;
  trouble(trouble: MicrophoneTrouble | null): void;
  log(line: string): void;
}

/** A living microphone is never exactly silent for so long; a muted track and a source that is gone are. */
const deadAfterMs = 3500;
/** The level reports' distance. */
const reportMs = 50;
/** Nobody tells that a busy microphone is free again. */
const lookAgainMs = 1000;

export class MicrophoneKeeper {
  readonly #parts: KeeperParts;
  #microphone: Microphone | null = null;
  #sound: SoundSettings | null = null;
  #muted = false;
  #trouble: MicrophoneTrouble | null = null;
  #systemMuted = false;
  /** It is not the one that was in use or is wanted. */
  #replaced = false;
  #zeroMs = 0;
  #triedAgain = false;
  #life = new AbortController();
  #opening: Promise<unknown> = Promise.resolve();
  #lookAgain: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: KeeperParts) {
    this.#parts = parts;
  }

  get microphone(): Microphone | null {
    return this.#microphone;
  }

  /** Throws a FaultError `microphone-…`, or the reason of `close()`. */
  async open(sound: SoundSettings, muted: boolean): Promise<void> {
    this.#sound = sound;
    this.#muted = muted;
    const { signal } = this.#life;
    await this.#take(sound, signal);
    // That there is one may have ended what it was for.
    signal.throwIfAborted();
    this.#fine();
    const stop = this.#parts.watchDevices(() => {
      const { microphoneId = '' } = this.#sound ?? {};
      if (this.#trouble === 'silent' || !this.#isLive || this.#isOther(microphoneId)) this.#again();
    });
    signal.addEventListener('abort', stop, { once: true });
  }

  /** Other devices or another treatment; the old microphone stays when the new one does not open. */
  change(sound: SoundSettings): void {
    const before = this.#sound;
    this.#sound = sound;
    const same = before && treatments.every((key) => before[key] === sound[key]);
    if (!same && this.#microphone) this.#again();
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#zeroMs = 0;
    this.#microphone?.setMuted(muted);
  }

  measured({ microphoneFrames, microphoneZero }: LevelReport): void {
    if (this.#muted || !this.#isLive || microphoneFrames === 0) return;
    if (!microphoneZero) {
      this.#zeroMs = 0;
      this.#triedAgain = false;
      if (this.#trouble === 'silent') this.#fine();
      return;
    }
    this.#zeroMs += reportMs;
    if (this.#zeroMs < deadAfterMs) return;
    this.#zeroMs = 0;
    if (this.#systemMuted) return;
    this.#tell('silent');
    if (this.#triedAgain) return;
    this.#triedAgain = true;
    this.#again();
  }

  /** Every track is stopped. Harmless when repeated. */
  close(): void {
    this.#life.abort();
    this.#life = new AbortController();
    clearTimeout(this.#lookAgain);
    this.#sound = null;
    this.#microphone?.close();
    this.#microphone = null;
    this.#trouble = null;
    this.#systemMuted = false;
    this.#replaced = false;
    this.#zeroMs = 0;
    this.#triedAgain = false;
  }

  get #isLive(): boolean {
    return this.#microphone !== null && this.#microphone.track.readyState !== 'ended';
  }

  /** One was chosen, and it is not the one in use. */
  #isOther(id: string): boolean {
    return id !== '' && this.#microphone?.deviceId !== id;
  }

  /** True: the one before was gone already. */
  async #take(sound: SoundSettings, signal: AbortSignal): Promise<boolean> {
    const own = new AbortController();
    const microphone = await this.#parts.openMicrophone({
      sound,
      signal: AbortSignal.any([signal, own.signal]),
      lost: () => {
        this.#parts.using(null);
        this.#again();
      },
      systemMuted: (muted) => {
        this.#systemMuted = muted;
        this.#zeroMs = 0;
        this.#fine();
      },
    });
    if (signal.aborted) {
      microphone.close();
      throw signal.reason;
    }
    const before = this.#microphone;
    const wasGone = before?.track.readyState === 'ended';
    const isSame = before !== null && before.deviceId === microphone.deviceId && before.name === microphone.name;
    this.#microphone = {
      ...microphone,
      close() {
        own.abort();
        microphone.close();
      },
    };
    microphone.setMuted(this.#muted);
    this.#systemMuted = microphone.track.muted;
    this.#replaced = this.#isOther(sound.microphoneId) || (wasGone && !isSame);
    this.#zeroMs = 0;
    this.#parts.using(this.#microphone);
    before?.close();
    return wasGone;
  }

  /** Opens a microphone anew, one attempt at a time. */
  #again(): void {
    this.#opening = this.#opening.then(() => this.#reopen());
  }

  async #reopen(): Promise<void> {
    const { signal } = this.#life;
    const sound = this.#sound;
    if (!sound) return;
    try {
      const tookOver = await this.#take(sound, signal);
      // Only sound shows that it is not silent any more.
      if (this.#trouble !== 'silent' || tookOver) this.#fine();
    } catch (error) {
      if (signal.aborted) return;
      const { code } = faultOf(error);
      this.#parts.log(`microphone: ${code}`);
      if (this.#isLive) return;
      this.#tell(code === 'microphone-denied' || code === 'microphone-needed' ? 'blocked' : 'gone');
      clearTimeout(this.#lookAgain);
      this.#lookAgain = setTimeout(() => this.#isLive || this.#again(), lookAgainMs);
    }
  }

  /** Nothing is wrong with it, except for what is known. */
  #fine(): void {
    this.#tell(this.#systemMuted ? 'system-muted' : this.#replaced ? 'replaced' : null);
  }

  #tell(trouble: MicrophoneTrouble | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#parts.trouble(trouble);
  }
}

const treatments = ['microphoneId', 'echoCancellation', 'noiseSuppression', 'autoGain'] as const;
