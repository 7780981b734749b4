import type { VadStream } from '../hearing/hearing.ts';
import { spokenLanguage, type SessionContext } from './context.ts';
import { ProtocolError } from './errors.ts';
import { InputBuffer } from './input-buffer.ts';
import type { Entry, Heard } from './items.ts';
import type { Responding } from './responding.ts';
import { reportTranscription } from './transcription.ts';
import { detectorSettings, TurnDetector } from './turn-detector.ts';

const VAD_SAMPLES = 512;
/** What one turn can hold; a longer one loses its beginning. */
const MAX_TURN_MS = 120_000;
const MIN_COMMIT_MS = 100;
/** 16 s of sound waiting for the VAD means that it does not keep up; the oldest goes. */
const MAX_BACKLOG = 500;

/** The person's side: finds their turns (or takes them from push-to-talk), has them recognised, and has them answered. */
export class Listening {
  readonly #context: SessionContext;
  readonly #responding: Responding;
  readonly #buffer = new InputBuffer();
  readonly #detector = new TurnDetector();
  #vad: VadStream | undefined;
  #rest: Float32Array = new Float32Array(0);
  #backlog: Float32Array[] = [];
  #pumping = false;
  #closed = false;
  /** The item that the turn being spoken will become, and where its sound begins. */
  #turn: { itemId: string; startMs: number } | null = null;
  /** A turn that was understood while the next one was already being spoken. */
  #unanswered = false;

  constructor(context: SessionContext, responding: Responding) {
    this.#context = context;
    this.#responding = responding;
  }

  /** True between `speech_started` and `speech_stopped`. */
  get speaking(): boolean {
    return this.#detector.speaking;
  }

  /** Sound from the microphone: 16 kHz mono, any length. */
  hear(samples: Float32Array): void {
    if (this.#closed) return;
    const all = new Float32Array(this.#rest.length + samples.length);
    all.set(this.#rest);
    all.set(samples, this.#rest.length);
    let at = 0;
    for (; at + VAD_SAMPLES <= all.length; at += VAD_SAMPLES) this.#backlog.push(all.slice(at, at + VAD_SAMPLES));
    this.#rest = all.slice(at);
    while (this.#backlog.length > MAX_BACKLOG) this.#backlog.shift();
    void this.#pump();
  }

  /** Push-to-talk's end, or a client that cuts a turn itself. */
  commit(): void {
    const held = this.#buffer.heldMs;
    if (held < MIN_COMMIT_MS) {
      throw new ProtocolError(
        'input_audio_buffer_commit_empty',
        `Error committing input audio buffer: buffer too small. Expected at least 100ms of audio, but buffer only has ${held.toFixed(2)}ms of audio.`,
      );
    }
    const turn = this.#turn;
    this.#detector.reset();
    void this.#commit(turn?.itemId ?? this.#context.ids.next('item'), this.#buffer.since(turn?.startMs));
  }

  clear(): void {
    this.#buffer.clear();
    this.#detector.reset();
    this.#turn = null;
    this.#context.emit({ type: 'input_audio_buffer.cleared' });
  }

  /** After a change of turn detection: a turn half spoken starts again under the new rules. */
  detectionChanged(): void {
    this.#detector.reset();
    this.#turn = null;
    this.#vad?.reset();
  }

  close(): void {
    this.#closed = true;
    this.#backlog = [];
    this.#vad?.close();
  }

  /** One frame after the other, each with its probability, so that they stay in order. */
  async #pump(): Promise<void> {
    if (this.#pumping) return;
    this.#pumping = true;
    for (let frame = this.#backlog.shift(); frame && !this.#closed; frame = this.#backlog.shift()) {
      if (this.#context.config.audio.input.turn_detection === null) {
        this.#buffer.push(frame, MAX_TURN_MS);
        continue;
      }
      this.#vad ??= this.#context.hearing.openVad();
      const probability = await this.#vad.push(frame).catch(() => 0);
      if (!this.#closed) this.#detect(frame, probability);
    }
    this.#pumping = false;
  }

  #detect(frame: Float32Array, probability: number): void {
    const detection = this.#context.config.audio.input.turn_detection;
    if (!detection) {
      this.#buffer.push(frame, MAX_TURN_MS);
      return;
    }
    const settings = detectorSettings(detection);
    const keepMs = this.#turn ? MAX_TURN_MS : settings.prefixMs + TurnDetector.attackMs;
    this.#buffer.push(frame, keepMs);
    const edge = this.#detector.push(probability, settings);
    if (edge === 'started') this.#started(settings.prefixMs, detection.interrupt_response);
    if (edge === 'stopped') this.#stopped(detection.create_response);
  }

  #started(prefixMs: number, interrupt: boolean): void {
    const startMs = Math.max(0, this.#buffer.nowMs - TurnDetector.attackMs - prefixMs);
    this.#turn = { itemId: this.#context.ids.next('item'), startMs };
    this.#context.emit({
      type: 'input_audio_buffer.speech_started',
      audio_start_ms: startMs,
      item_id: this.#turn.itemId,
    });
    if (interrupt) this.#responding.interrupt();
  }

  #stopped(answer: boolean): void {
    const turn = this.#turn;
    if (!turn) return;
    const audioEndMs = this.#buffer.nowMs;
    this.#context.emit({ type: 'input_audio_buffer.speech_stopped', audio_end_ms: audioEndMs, item_id: turn.itemId });
    const committed = this.#commit(turn.itemId, this.#buffer.since(turn.startMs));
    void committed.then((heard) => this.#answer(heard, answer));
  }

  /** Makes the item, then has it recognised; resolves with what was said. */
  #commit(itemId: string, samples: Float32Array): Promise<Heard> {
    const { conversation, emit } = this.#context;
    this.#turn = null;
    this.#buffer.clear();
    const item = {
      id: itemId,
      type: 'message' as const,
      status: 'completed' as const,
      role: 'user' as const,
      content: [{ type: 'input_audio' as const, transcript: null }],
    };
    const entry: Entry = { item, at: this.#context.clock.now(), audioMs: samples.length / 16, heard: null };
    emit({ type: 'input_audio_buffer.committed', previous_item_id: conversation.lastItemId, item_id: itemId });
    const previous = conversation.add(entry);
    emit({ type: 'conversation.item.added', previous_item_id: previous, item });
    emit({ type: 'conversation.item.done', previous_item_id: previous, item });
    const recognition = this.#recognise(entry, samples);
    conversation.await(recognition);
    return recognition;
  }

  async #recognise(entry: Entry, samples: Float32Array): Promise<Heard> {
    const { hearing, log } = this.#context;
    let heard: Heard;
    try {
      heard = await hearing.recognise(samples, spokenLanguage(this.#context));
    } catch (error) {
      log(`The recogniser failed: ${error instanceof Error ? error.message : 'unknown'}`);
      heard = { fault: 'audio_unintelligible' };
    }
    if ('text' in heard && heard.text.trim() === '') heard = { fault: 'audio_unintelligible' };
    entry.heard = heard;
    if (!this.#closed) reportTranscription(this.#context, entry, heard);
    return heard;
  }

  /** Noise gets no answer; a language nobody here understands gets one that says so. */
  #answer(heard: Heard, wanted: boolean): void {
    if (this.#closed || !wanted) return;
    const understood = 'text' in heard || heard.fault === 'language_unsupported';
    if (!understood && !this.#unanswered) return;
    if (this.speaking) {
      this.#unanswered = true;
      return;
    }
    this.#unanswered = false;
    const interrupting = this.#context.config.audio.input.turn_detection?.interrupt_response ?? false;
    if (this.#responding.active && interrupting) this.#responding.interrupt();
    if (!this.#responding.active) this.#responding.start();
  }
}
