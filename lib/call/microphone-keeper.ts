/**
 * Keeps a call's microphone: opens it, changes it, notices within five seconds when it is gone, muted by the system or
 * dead, says so, and takes another where there is one.
 */
import type { LevelReport } from '../audio/ear.ts';
import type { Microphone, MicrophoneRequest } from '../audio/microphone.ts';
import { faultOf, type Fault } from '../protocol/faults.ts';
import type { SoundSettings } from '../protocol/messages.ts';
import type { MicrophoneTrouble } from '../protocol/snapshot.ts';

export interface KeeperParts {
  openMicrophone(request: MicrophoneRequest): Promise<Microphone>;
  /** Calls back when a device comes or goes. Returns the way to stop. */
  watchDevices(changed: () => void): () => void;
  /** A microphone is in use, the first or another. */
  using(microphone: Microphone): void;
  trouble(trouble: MicrophoneTrouble | null): void;
  /** It is gone and may not be opened again. */
  lost(fault: Fault): void;
  log(line: string): void;
}

/** A living microphone is never exactly silent for so long; a muted track and a source that is gone are. */
const deadAfterMs = 4000;
/** The level reports' distance. */
const reportMs = 50;

export class MicrophoneKeeper {
  readonly #parts: KeeperParts;
  #microphone: Microphone | null = null;
  #sound: SoundSettings | null = null;
  #muted = false;
  #trouble: MicrophoneTrouble | null = null;
  #systemMuted = false;
  #zeroMs = 0;
  #triedAgain = false;
  #life = new AbortController();
  #opening: Promise<unknown> = Promise.resolve();

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
    const stop = this.#parts.watchDevices(() => {
      if (this.#trouble === 'gone') this.#again('replaced');
    });
    signal.addEventListener('abort', stop, { once: true });
  }

  /** Other devices or another treatment; the old microphone stays when the new one does not open. */
  change(sound: SoundSettings): void {
    const before = this.#sound;
    this.#sound = sound;
    const same = before && treatments.every((key) => before[key] === sound[key]);
    if (!same && this.#microphone) this.#again(null);
  }

  setMuted(muted: boolean): void {
    this.#muted = muted;
    this.#zeroMs = 0;
    this.#microphone?.setMuted(muted);
  }

  measured({ microphoneFrames, microphoneZero }: LevelReport): void {
    if (this.#muted || !this.#microphone || microphoneFrames === 0) return;
    if (!microphoneZero) {
      this.#zeroMs = 0;
      this.#triedAgain = false;
      if (this.#trouble === 'silent') this.#tell(this.#systemMuted ? 'system-muted' : null);
      return;
    }
    this.#zeroMs += reportMs;
    if (this.#zeroMs < deadAfterMs) return;
    this.#zeroMs = 0;
    if (this.#systemMuted || this.#trouble === 'gone') return;
    this.#tell('silent');
    if (this.#triedAgain) return;
    this.#triedAgain = true;
    this.#again('silent');
  }

  /** Every track is stopped. Harmless when repeated. */
  close(): void {
    this.#life.abort();
    this.#life = new AbortController();
    this.#sound = null;
    this.#microphone?.close();
    this.#microphone = null;
    this.#trouble = null;
    this.#systemMuted = false;
    this.#zeroMs = 0;
    this.#triedAgain = false;
  }

  async #take(sound: SoundSettings, signal: AbortSignal): Promise<void> {
    const own = new AbortController();
    const microphone = await this.#parts.openMicrophone({
      sound,
      signal: AbortSignal.any([signal, own.signal]),
      lost: () => this.#again('replaced'),
      systemMuted: (muted) => {
        this.#systemMuted = muted;
        this.#tell(muted ? 'system-muted' : null);
      },
    });
    if (signal.aborted) {
      microphone.close();
      throw signal.reason;
    }
    const before = this.#microphone;
    this.#microphone = {
      ...microphone,
      close() {
        own.abort();
        microphone.close();
      },
    };
    microphone.setMuted(this.#muted);
    this.#systemMuted = false;
    this.#parts.using(this.#microphone);
    before?.close();
  }

  /** Opens a microphone anew, one attempt at a time; `then` is what is to be said when it went well. */
  #again(then: MicrophoneTrouble | null): void {
    this.#opening = this.#opening.then(() => this.#reopen(then));
  }

  async #reopen(then: MicrophoneTrouble | null): Promise<void> {
    const { signal } = this.#life;
    if (!this.#sound) return;
    try {
      await this.#take(this.#sound, signal);
      this.#tell(then);
    } catch (error) {
      if (signal.aborted) return;
      const fault = faultOf(error);
      this.#parts.log(`microphone: ${fault.code}`);
      if (this.#microphone?.track.readyState === 'live') return;
      if (fault.code === 'microphone-missing' || fault.code === 'microphone-busy') this.#tell('gone');
      else this.#parts.lost({ code: 'microphone-lost', ...(fault.detail ? { detail: fault.detail } : {}) });
    }
  }

  #tell(trouble: MicrophoneTrouble | null): void {
    if (trouble === this.#trouble) return;
    this.#trouble = trouble;
    this.#parts.trouble(trouble);
  }
}

const treatments = ['microphoneId', 'echoCancellation', 'noiseSuppression', 'autoGain'] as const;
