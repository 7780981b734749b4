import { Answering } from './answering.ts';
import { spokenLanguage, type SessionContext } from './context.ts';
import { ProtocolError } from './errors.ts';
import { IdleTimeout } from './idle-timeout.ts';
import { InputBuffer } from './input-buffer.ts';
import type { Heard } from './items.ts';
import { recognise } from './recognition.ts';
import type { Responding } from './responding.ts';
import { soundsFinished } from './sentence-end.ts';
import { commitSilence, commitTurn } from './spoken-item.ts';
import { detectorSettings, TurnDetector } from './turn-detector.ts';
import { VadFrames } from './vad-frames.ts';

const SAMPLES_PER_MS = 16;
/** What one turn can hold; a longer one loses its beginning. */
const MAX_TURN_MS = 120_000;
const MIN_COMMIT_MS = 100;

/** A turn being spoken. */
interface Turn {
  /** The item that it will become. */
  itemId: string;
  /** Where its sound begins. */
  startMs: number;
  /** What was said until the pause that is going on; null while there is none. */
  untilPause: Promise<Heard> | null;
}

/** The person's side: finds their turns (or takes them from push-to-talk), has them recognised, and has them answered. */
export class Listening {
  readonly #context: SessionContext;
  readonly #responding: Responding;
  readonly #buffer = new InputBuffer();
  readonly #detector = new TurnDetector();
  readonly #frames: VadFrames;
  readonly #idle: IdleTimeout;
  readonly #answering: Answering;
  #closed = false;
  #turn: Turn | null = null;
  /** True while the transport says that the assistant is being heard. */
  #playing = false;

  constructor(context: SessionContext, responding: Responding) {
    this.#context = context;
    this.#responding = responding;
    this.#answering = new Answering(context, responding);
    this.#frames = new VadFrames(
      context.hearing,
      () => context.config.audio.input.turn_detection !== null,
      (frame, probability) => this.#detect(frame, probability),
    );
    this.#idle = new IdleTimeout(
      context.clock,
      () => this.#buffer.nowMs,
      (startMs) => this.#silentFor(startMs),
    );
  }

  /** True between `speech_started` and `speech_stopped`. */
  get speaking(): boolean {
    return this.#detector.speaking;
  }

  /** Sound from the microphone: 16 kHz mono, any length. */
  hear(samples: Float32Array): void {
    if (!this.#closed) this.#frames.push(samples);
  }

  /** Push-to-talk's end, or a client that cuts a turn itself. */
  commit(): void {
    const { waiting } = this.#frames;
    const held = this.#buffer.heldMs + waiting.reduce((ms, { length }) => ms + length / SAMPLES_PER_MS, 0);
    if (held < MIN_COMMIT_MS) {
      throw new ProtocolError(
        'input_audio_buffer_commit_empty',
        `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${held.toFixed(2)}ms of audio.`,
      );
    }
    // All that came before this is part of it, judged or not.
    this.#frames.forgetWaiting();
    for (const samples of waiting) this.#buffer.push(samples, MAX_TURN_MS);
    this.#idle.stop();
    const turn = this.#turn;
    this.#detector.reset();
    void this.#commit(turn?.itemId ?? this.#context.ids.next('item'), this.#buffer.since(turn?.startMs));
  }

  clear(): void {
    this.#frames.forgetWaiting();
    this.#buffer.clear();
    this.#detector.reset();
    this.#turn = null;
    this.#context.emit({ type: 'input_audio_buffer.cleared' });
  }

  /** After a change of turn detection: a turn half spoken starts again under the new rules. */
  detectionChanged(): void {
    this.#detector.reset();
    this.#turn = null;
    this.#frames.reset();
    const silenceBegan = this.#idle.startMs !== null;
    this.#idle.stop();
    if (silenceBegan) this.answered(0);
  }

  /** The assistant has begun to answer. */
  answering(): void {
    this.#idle.stop();
  }

  /** The transport knows that the assistant is being heard. */
  playing(): void {
    this.#playing = true;
    this.#idle.stop();
  }

  /** The assistant's answer is made and plays for so many ms more; then the person's silence begins. */
  answered(playsForMs: number): void {
    const detection = this.#context.config.audio.input.turn_detection;
    if (this.#closed || this.#playing || this.speaking || detection?.type !== 'server_vad') return;
    if (detection.idle_timeout_ms !== null) this.#idle.begin(playsForMs, detection.idle_timeout_ms);
  }

  /** The transport knows that no more of the assistant is heard. */
  played(): void {
    this.#playing = false;
    if (!this.#responding.active) this.answered(0);
  }

  close(): void {
    this.#closed = true;
    this.#idle.stop();
    this.#frames.close();
  }

  #detect(frame: Float32Array, probability: number): void {
    const detection = this.#context.config.audio.input.turn_detection;
    if (!detection) {
      this.#buffer.push(frame, MAX_TURN_MS);
      return;
    }
    const settings = detectorSettings(detection);
    const onsetMs = settings.prefixMs + TurnDetector.attackMs;
    const silentMs = this.#buffer.nowMs - (this.#idle.startMs ?? this.#buffer.nowMs);
    this.#buffer.push(frame, this.#turn ? MAX_TURN_MS : Math.max(onsetMs, silentMs));
    const edge = this.#detector.push(probability, settings);
    if (edge === 'started') this.#started(settings.prefixMs, detection.interrupt_response);
    if (edge === 'paused') this.#paused();
    if (edge === 'resumed' && this.#turn) this.#turn.untilPause = null;
    if (edge === 'stopped') this.#stopped();
  }

  #started(prefixMs: number, interrupt: boolean): void {
    const startMs = Math.max(0, this.#buffer.nowMs - TurnDetector.attackMs - prefixMs);
    this.#turn = { itemId: this.#context.ids.next('item'), startMs, untilPause: null };
    this.#context.emit({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: startMs,
      item_id: this.#turn.itemId,
    });
    if (interrupt) this.#responding.interrupt();
    this.#idle.stop();
    // While they speak there is time to learn what they may say.
    this.#context.hearing.prepare?.(spokenLanguage(this.#context));
  }

  /** A turn whose words sound finished ends here; any other may go on until the silence is too long. */
  #paused(): void {
    const turn = this.#turn;
    if (!turn) return;
    const look = recognise(this.#context, this.#buffer.since(turn.startMs));
    turn.untilPause = look;
    void look.then((heard) => {
      const goesOn = this.#closed || this.#turn !== turn || turn.untilPause !== look;
      // Words that nobody here understands cannot be judged either.
      const finished = 'text' in heard ? soundsFinished(heard.text) : heard.fault !== 'audio_unintelligible';
      if (goesOn || !finished) return heard;
      this.#detector.reset();
      this.#stopped();
      return heard;
    });
  }

  #stopped(): void {
    const turn = this.#turn;
    if (!turn) return;
    const wanted = this.#context.config.audio.input.turn_detection?.create_response ?? false;
    const audioEndMs = this.#buffer.nowMs;
    this.#context.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: audioEndMs, item_id: turn.itemId });
    const sound = this.#buffer.since(turn.startMs);
    const committed = this.#commit(turn.itemId, sound, turn.untilPause ?? undefined);
    void committed.then((heard) => {
      if (this.#closed) return heard;
      const answered = wanted && this.#answering.turn(heard, this.speaking);
      if (!answered && !this.#responding.active) this.answered(0);
      return heard;
    });
  }

  #commit(itemId: string, samples: Float32Array, known?: Promise<Heard>): Promise<Heard> {
    this.#turn = null;
    this.#buffer.clear();
    return commitTurn(this.#context, itemId, samples, known);
  }

  /** Nobody said anything for as long as the session allows. With both switches off nothing is ever answered by itself. */
  #silentFor(startMs: number): void {
    const detection = this.#context.config.audio.input.turn_detection;
    if (this.#closed || this.speaking || this.#responding.active || !detection) return;
    const itemId = this.#context.ids.next('item');
    this.#context.emit({
      type: 'input_audio_buffer.timeout_triggered',
      audio_start_ms: startMs,
      audio_end_ms: this.#buffer.nowMs,
      item_id: itemId,
    });
    commitSilence(this.#context, itemId, this.#buffer.since(startMs));
    this.#buffer.clear();
    if (detection.create_response || detection.interrupt_response) this.#answering.respond();
  }
}
