import type { SessionContext } from './context.ts';
import { padded } from './ids.ts';
import type { AssistantMessage, Entry, FunctionCallItem, Item, Phase } from './items.ts';
import type { ResponseSpec } from './response-spec.ts';
import { pieceOf, spokenTokens, textTokens, type Piece, type Tokens } from './usage.ts';

const SAMPLES_PER_MS = 24;
/** Long arguments come in this many deltas at most. */
const MOST_DELTAS = 64;

interface OpenMessage {
  entry: Entry & { item: AssistantMessage };
  text: string;
}

/** Writes the items of one response, one after the other, each with its events in the order of realtime-protocol 3.4. */
export class ResponseWriter {
  readonly #id: string;
  readonly #context: SessionContext;
  readonly #spec: ResponseSpec;
  readonly #finished: Item[] = [];
  readonly #entries: Entry[] = [];
  #spent: Tokens = { text: 0, audio: 0, image: 0 };
  #open: OpenMessage | null = null;
  #spokenMs = 0;
  #firstSoundAt: number | null = null;

  constructor(id: string, context: SessionContext, spec: ResponseSpec) {
    this.#id = id;
    this.#context = context;
    this.#spec = spec;
  }

  /** The items so far, none of them open. */
  get output(): Item[] {
    return [...this.#finished];
  }

  get spent(): Tokens {
    return this.#spent;
  }

  /** How the next response will read what was written. */
  get pieces(): Piece[] {
    return this.#entries.map(pieceOf);
  }

  /** For how long what was written still sounds, in ms, when nothing else was in its way. */
  get playsForMs(): number {
    if (this.#firstSoundAt === null) return 0;
    return Math.max(0, this.#firstSoundAt + this.#spokenMs - this.#context.clock.now());
  }

  openMessage(phase?: Phase): void {
    const item: AssistantMessage = {
      id: this.#context.ids.next('item'),
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      ...(phase ? { phase } : {}),
      content: [],
    };
    const entry = { item, at: this.#context.clock.now(), audioMs: 0 };
    this.#open = { entry, text: '' };
    this.#add(entry);
    const part =
      this.#spec.modality === 'audio'
        ? { type: 'audio' as const, transcript: '' }
        : { type: 'text' as const, text: '' };
    this.#context.emit({ type: 'response.content_part.added', ...this.#contentAt(item.id), part });
  }

  /** Words of the open message, with their sound (24 kHz) when they have one. */
  write(text: string, samples: Int16Array | null): void {
    const open = this.#open;
    if (!open) return;
    const { id } = open.entry.item;
    const type =
      this.#spec.modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta';
    for (const word of text.match(/\s*\S+\s*/g) ?? [text]) {
      this.#context.emit({ type, ...this.#contentAt(id), ...padded(word, this.#context.ids) });
    }
    open.text += text;
    this.#spent = { ...this.#spent, text: this.#spent.text + textTokens(text) };
    if (samples) this.#sound(open.entry, samples);
  }

  closeMessage(status: 'completed' | 'incomplete'): void {
    if (!this.#open) return;
    const { entry, text } = this.#open;
    this.#open = null;
    const { emit } = this.#context;
    const at = this.#contentAt(entry.item.id);
    if (this.#spec.modality === 'audio') {
      emit({ type: 'response.output_audio.done', ...at });
      emit({ type: 'response.output_audio_transcript.done', ...at, transcript: text });
      emit({ type: 'response.content_part.done', ...at, part: { type: 'audio', transcript: text } });
      this.#finish({ ...entry.item, status, content: [{ type: 'output_audio', transcript: text }] });
    } else {
      emit({ type: 'response.output_text.done', ...at, text });
      emit({ type: 'response.content_part.done', ...at, part: { type: 'text', text } });
      this.#finish({ ...entry.item, status, content: [{ type: 'output_text', text }] });
    }
  }

  /** A function call, whole. `argumentsText` is what fits of its arguments when it is incomplete. */
  call(name: string, argumentsText: string, status: 'completed' | 'incomplete'): void {
    const { emit, ids, clock } = this.#context;
    const item: FunctionCallItem = {
      id: ids.next('item'),
      type: 'function_call',
      status: 'in_progress',
      name,
      call_id: ids.next('call'),
      arguments: '',
    };
    this.#add({ item, at: clock.now(), audioMs: 0 });
    const at = {
      response_id: this.#id,
      item_id: item.id,
      output_index: this.#finished.length,
      call_id: item.call_id,
    };
    const size = Math.max(16, Math.ceil(argumentsText.length / MOST_DELTAS));
    for (let from = 0; from < argumentsText.length; from += size) {
      const delta = argumentsText.slice(from, from + size);
      emit({ type: 'response.function_call_arguments.delta', ...at, ...padded(delta, ids) });
    }
    emit({ type: 'response.function_call_arguments.done', ...at, name, arguments: argumentsText });
    this.#spent = { ...this.#spent, text: this.#spent.text + textTokens(name + argumentsText) };
    this.#finish({ ...item, status, arguments: argumentsText });
  }

  #sound(entry: Entry, samples: Int16Array): void {
    const ms = samples.length / SAMPLES_PER_MS;
    entry.audioMs += ms;
    this.#spokenMs += ms;
    this.#firstSoundAt ??= this.#context.clock.now();
    this.#spent = { ...this.#spent, audio: this.#spent.audio + spokenTokens(ms) };
    if (!this.#spec.outOfBand) this.#context.recordings.addSpoken(entry.item.id, samples);
    const part = { responseId: this.#id, itemId: entry.item.id, contentIndex: 0, format: this.#spec.format };
    this.#context.output.write({ ...part, outputIndex: this.#finished.length }, samples);
  }

  #add(entry: Entry): void {
    const { conversation, emit } = this.#context;
    this.#entries.push(entry);
    emit({
      type: 'response.output_item.added',
      response_id: this.#id,
      output_index: this.#finished.length,
      item: entry.item,
    });
    if (this.#spec.outOfBand) return;
    const previous = conversation.add(entry);
    emit({ type: 'conversation.item.added', previous_item_id: previous, item: entry.item });
  }

  /** The API leaves out the real previous item here (3.2). */
  #finish(item: Item): void {
    const { conversation, emit } = this.#context;
    const entry = this.#entries.at(-1);
    if (entry) entry.item = item;
    if (!this.#spec.outOfBand) {
      conversation.put(item);
      emit({ type: 'conversation.item.done', previous_item_id: null, item });
    }
    emit({ type: 'response.output_item.done', response_id: this.#id, output_index: this.#finished.length, item });
    this.#finished.push(item);
  }

  #contentAt(itemId: string): { response_id: string; item_id: string; output_index: number; content_index: number } {
    return { response_id: this.#id, item_id: itemId, output_index: this.#finished.length, content_index: 0 };
  }
}
