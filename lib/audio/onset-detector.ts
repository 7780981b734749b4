/**
 * Notices that somebody begins to speak: `maybe` as soon as it is loud, `sure` when it is a voice, `over` when it was none
 * or has ended. Runs inside the worklet, 10 ms at a time.
 */
import { BackgroundPeaks, NoiseFloor } from './background.ts';
import { Coupling } from './coupling.ts';
import type { Onset } from './ear.ts';
import { frameSamples, quietEndsMs } from './ear-rate.ts';
import { FrameAnalyser, SpeechLevel, type SoundFrame, type Voicing } from './sound-frame.ts';
import { SpeechEvidence } from './speech-evidence.ts';
import { VoicedFrames } from './voiced-frames.ts';

/** dB above the noise floor: frames of steady noise stay within 5. */
const loudAbove = 7;
/** dB. A voice at a desk microphone is at least 10 above this, the microphone's own noise below. */
const neverLoud = -62;
/** dB above the background's peaks; of a steady background one frame in a hundred is. */
const strongAbove = 3;
/** Three of four strong frames are a `maybe`: two are a click. */
const strongOf = 4;
const strongNeeded = 3;
/** dB that a sound has lost again by then: it was a key. Unless it is voiced. */
const fadedBy = 6;
/** A pitch needs 50 ms of sound to be seen moving or standing still; nothing is sure before. */
const leastAge = 5;
/** A `maybe` is decided 190 ms after it was told, so that its `over` is out within 200. */
const patience = 19;
/** 60 ms without a loud frame: the sound is over. Shorter gaps are in every word. */
const gap = 6;
/** In frames. */
const quietEnds = quietEndsMs / 10;
/** Speech is voiced at least once a second, and pauses at least once in ten. */
const longestUnvoiced = 100;
const longestSpeech = 1000;
/** dB of the four bands' noise below its mean: 10 ms of noise vary by less. */
const floorBias = 2;
/** The single bands vary more. */
const bandBias = 3.5;
/** Under any microphone's own noise. */
const lowestFloor = -72;
/** Where noise took half or more of a frame's strength, what is left says too little to be corrected further. */
const mostNoise = 0.35;

export class OnsetDetector {
  readonly #analyser = new FrameAnalyser();
  readonly #voiceLevel = new SpeechLevel();
  readonly #floor = new NoiseFloor(floorBias, lowestFloor);
  readonly #lowFloor = new NoiseFloor(bandBias, -85);
  readonly #middleFloor = new NoiseFloor(bandBias, -85);
  readonly #peaks = new BackgroundPeaks();
  readonly #coupling = new Coupling();
  readonly #voiced = new VoicedFrames();
  #told: Onset[] = [];
  #position = 0;
  #frames = 0;
  #state: 'quiet' | 'maybe' | 'sure' = 'quiet';
  /** What is being heard; null while nothing stands out. */
  #sound: SpeechEvidence | null = null;
  #soundBegan = 0;
  #strong: boolean[] = [];
  #quiet = 0;
  #toldAt = 0;
  #lastSpeech = 0;
  #lastVoiced = 0;
  #spoken: number[] = [];

  /**
   * The next frame of the microphone, what the assistant said meanwhile, and the position after both. Returns what was
   * noticed, mostly nothing.
   */
  push(microphone: Float32Array, voice: Float32Array, position: number): Onset[] {
    this.#told = [];
    this.#position = position;
    this.#frames += 1;
    this.#voiceLevel.add(voice);
    this.#hear(this.#analyser.analyse(microphone));
    return this.#told;
  }

  /** The microphone is gone: whatever began is over. */
  stop(): Onset[] {
    this.#told = [];
    if (this.#state !== 'quiet') this.#end();
    return this.#told;
  }

  #hear(frame: SoundFrame): void {
    const { level } = frame;
    this.#floor.hear(level);
    this.#lowFloor.hear(frame.low);
    this.#middleFloor.hear(frame.middle);
    this.#peaks.tick();
    this.#coupling.hear(level, this.#voiceLevel.take(), this.#state !== 'sure');
    const echo = this.#coupling.bound;
    const above = level - Math.max(this.#peaks.level, echo);
    const isLoud = level > Math.max(this.#floor.level + loudAbove, neverLoud, echo);
    const isStrong = isLoud && above > strongAbove;
    this.#quiet = isLoud ? 0 : this.#quiet + 1;
    this.#strong = [...this.#strong, isStrong].slice(-strongOf);
    if (isStrong && !this.#sound) {
      this.#sound = new SpeechEvidence();
      this.#soundBegan = this.#frames;
    }
    const voiced = isLoud ? this.#voiced.hear(this.#voicing(frame), level - this.#floor.level) : this.#voiced.skip();
    this.#sound?.add({ level, above, ...voiced }, isLoud);
    if (this.#state === 'quiet') this.#listen(level);
    if (this.#state === 'maybe') this.#doubt();
    else if (this.#state === 'sure') this.#follow(level, isLoud && above > 0);
  }

  /** What noise took away is given back: it repeats nothing, so it lowers every share by its part of the strength. */
  #voicing({ low, middle }: SoundFrame): Voicing {
    const voicing = this.#analyser.voicing();
    return {
      ...voicing,
      periodicity: withoutNoise(voicing.periodicity, this.#lowFloor.level - low),
      beat: withoutNoise(voicing.beat, this.#middleFloor.level - middle),
    };
  }

  get #isSpeech(): boolean {
    const sound = this.#sound;
    return this.#voiced.areSpeech || (sound !== null && sound.age >= leastAge && sound.score > 0);
  }

  #listen(level: number): void {
    if (this.#voiced.areSpeech) {
      // It went by as noise. What matters now is that nothing of it is lost.
      this.#soundBegan = this.#frames - this.#voiced.age;
      this.#sound ??= new SpeechEvidence();
    }
    if (this.#sound && this.#isMaybe(this.#sound)) {
      this.#state = 'maybe';
      this.#toldAt = this.#frames;
      this.#say('maybe');
      return;
    }
    if (this.#quiet >= gap) this.#sound = null;
    this.#peaks.learn(level);
  }

  #isMaybe(sound: SpeechEvidence): boolean {
    if (this.#isSpeech) return true;
    if (this.#strong.filter(Boolean).length < strongNeeded) return false;
    const recent = sound.levels.slice(-gap);
    return sound.isVoiced || (recent.at(-1) ?? 0) > Math.max(...recent) - fadedBy;
  }

  #doubt(): void {
    if (this.#isSpeech) {
      this.#state = 'sure';
      this.#toldAt = this.#frames;
      this.#lastSpeech = this.#frames;
      this.#lastVoiced = this.#frames;
      this.#spoken = [];
      this.#say('sure');
      return;
    }
    const waited = this.#frames - this.#toldAt;
    if (waited < patience && this.#quiet < gap) return;
    this.#peaks.reject(this.#sound?.levels.slice(-waited - 1) ?? []);
    this.#end();
  }

  #follow(level: number, isSpeech: boolean): void {
    this.#spoken.push(level);
    if (this.#spoken.length > longestUnvoiced) this.#spoken.shift();
    if (isSpeech) this.#lastSpeech = this.#frames;
    if (this.#sound?.isVoiced) this.#lastVoiced = this.#frames;
    if (this.#frames - this.#lastSpeech >= quietEnds) {
      this.#voiced.forget();
      return this.#end();
    }
    // It never pauses or never repeats itself: it was not speech after all, or something else has taken its place.
    const isNone = this.#frames - this.#lastVoiced >= longestUnvoiced || this.#frames - this.#toldAt >= longestSpeech;
    if (!isNone) return;
    this.#voiced.forget();
    this.#peaks.reject(this.#spoken);
    this.#end();
  }

  #end(): void {
    this.#state = 'quiet';
    this.#strong = [];
    this.#say('over');
    this.#sound = null;
  }

  #say(kind: Onset['kind']): void {
    // One frame earlier than the first strong one: the first sound of a word is soft.
    const frames = this.#frames - this.#soundBegan + 2;
    this.#told.push({ kind, from: Math.max(0, this.#position - frames * frameSamples) });
  }
}

function withoutNoise(share: number, noise: number): number {
  const taken = Math.min(mostNoise, 10 ** (noise / 10));
  return Math.min(Math.max(share, 0.99), share / (1 - taken));
}
