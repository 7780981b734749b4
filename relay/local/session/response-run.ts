import type { SoundPart } from '../output/audio-output.ts';
import type { Thought } from '../mind/mind.ts';
import { clauses } from './clauses.ts';
import { spokenLanguage, type ServerEvent, type SessionContext } from './context.ts';
import { padded } from './ids.ts';
import type { Entry, FunctionCallItem, Item, MessageItem } from './items.ts';
import { responseBody } from './response-body.ts';
import { mustCall, type ResponseSpec } from './response-spec.ts';
import { contextTokens, spokenTokens, textTokens, usage, type Tokens } from './usage.ts';

export type CancelReason = 'turn_detected' | 'client_cancelled';

interface OpenMessage {
  entry: Entry & { item: MessageItem };
  text: string;
}

const SAMPLES_PER_MS = 24;

/**
 * One response from `response.created` to `response.done`, in the order of realtime-protocol 3.4 and 3.7. It is made
 * faster than it is heard; the output goes on playing after it is done.
 */
export class ResponseRun {
  readonly id: string;
  readonly spec: ResponseSpec;
  readonly #context: SessionContext;
  readonly #previous: Tokens;
  readonly #abort = new AbortController();
  readonly #output: Item[] = [];
  readonly #spent: Tokens = { text: 0, audio: 0 };
  #read: Tokens = { text: 0, audio: 0 };
  #open: OpenMessage | null = null;
  #ended = false;

  /** `previous` is what the last response read, for the cache's share of the bill. */
  constructor(context: SessionContext, spec: ResponseSpec, previous: Tokens) {
    this.id = context.ids.next('resp');
    this.#context = context;
    this.spec = spec;
    this.#previous = previous;
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What this response read and made: the next one's cached prefix. */
  get total(): Tokens {
    return { text: this.#read.text + this.#spent.text, audio: this.#read.audio + this.#spent.audio };
  }

  /** Resolves when the response is over, however it ended. */
  async run(): Promise<void> {
    this.#context.emit({ type: 'response.created', response: this.#body('in_progress', null) });
    try {
      // A turn committed just before may not have its words yet.
      await this.#context.conversation.settled();
      if (this.#ended) return;
      const entries = this.spec.input ?? this.#context.conversation.entries;
      this.#read = contextTokens({ instructions: this.spec.instructions, tools: [...this.spec.tools] }, entries);
      const thought = await this.#think(entries);
      if (this.#ended) return;
      const complete = thought.say ? await this.#say(thought.say) : true;
      if (this.#ended) return;
      if (!complete) return this.#end('incomplete', { type: 'incomplete', reason: 'max_output_tokens' });
      for (const call of thought.calls ?? []) this.#call(call.name, call.arguments);
      this.#end('completed', null);
    } catch (error) {
      this.#context.log(`A response failed: ${error instanceof Error ? error.message : 'unknown'}`);
      const failure = {
        type: 'server_error',
        code: null,
        message: 'The local engine had an error while making this response.',
      };
      this.#end('failed', { type: 'failed', error: failure });
    }
  }

  /** Ends it now: what is open is closed as incomplete. Harmless when it is over already. */
  cancel(reason: CancelReason): void {
    this.#end('cancelled', { type: 'cancelled', reason });
  }

  async #think(entries: readonly Entry[]): Promise<Thought> {
    return this.#context.mind.think({
      entries,
      instructions: this.spec.instructions,
      tools: this.spec.toolChoice === 'none' ? [] : this.spec.tools,
      mustCall: mustCall(this.spec),
      language: spokenLanguage(this.#context),
      now: this.#context.clock.now(),
    });
  }

  /** False when the token limit cut it short. */
  async #say(text: string): Promise<boolean> {
    const message = this.#openMessage();
    for (const clause of clauses(text)) {
      const samples = this.spec.modality === 'audio' ? await this.#synthesise(clause) : null;
      if (this.#ended) return false;
      for (const word of clause.match(/\s*\S+\s*/g) ?? [clause]) this.#delta(message, word);
      if (samples) {
        message.entry.audioMs += samples.length / SAMPLES_PER_MS;
        this.#spent.audio += spokenTokens(samples.length / SAMPLES_PER_MS);
        this.#context.output.write(this.#part(message.entry.item.id), samples);
      }
      this.#spent.text += textTokens(clause);
      if (this.spec.maxOutputTokens !== 'inf' && this.#spent.text + this.#spent.audio >= this.spec.maxOutputTokens) {
        if (message.text.trimEnd() !== text.trimEnd()) {
          this.#closeMessage('incomplete');
          return false;
        }
      }
    }
    this.#closeMessage('completed');
    return true;
  }

  /** Null when there is no voice for it: the words still come. */
  async #synthesise(clause: string): Promise<Int16Array | null> {
    const { config, speaking, log } = this.#context;
    try {
      const speech = await speaking.speak(clause.trim(), {
        language: spokenLanguage(this.#context),
        voice: this.spec.voice,
        speed: config.audio.output.speed,
        signal: this.#abort.signal,
      });
      return speech.samples;
    } catch (error) {
      if (!this.#ended)
        log(`No voice for this answer, sending its words only: ${error instanceof Error ? error.message : 'unknown'}`);
      return null;
    }
  }

  #openMessage(): OpenMessage {
    const item: MessageItem = {
      id: this.#context.ids.next('item'),
      type: 'message',
      status: 'in_progress',
      role: 'assistant',
      content: [],
    };
    const entry = { item, at: this.#context.clock.now(), audioMs: 0 };
    this.#open = { entry, text: '' };
    this.#added(entry);
    const part = this.spec.modality === 'audio' ? { type: 'audio', transcript: '' } : { type: 'text', text: '' };
    this.#event('response.content_part.added', { ...this.#contentAt(item.id), part });
    return this.#open;
  }

  #delta(message: OpenMessage, delta: string): void {
    message.text += delta;
    const type =
      this.spec.modality === 'audio' ? 'response.output_audio_transcript.delta' : 'response.output_text.delta';
    this.#event(type, { ...this.#contentAt(message.entry.item.id), ...padded(delta, this.#context.ids) });
  }

  #closeMessage(status: 'completed' | 'incomplete'): void {
    if (!this.#open) return;
    const { entry, text } = this.#open;
    this.#open = null;
    const at = this.#contentAt(entry.item.id);
    if (this.spec.modality === 'audio') {
      this.#event('response.output_audio.done', at);
      this.#event('response.output_audio_transcript.done', { ...at, transcript: text });
      this.#event('response.content_part.done', { ...at, part: { type: 'audio', transcript: text } });
    } else {
      this.#event('response.output_text.done', { ...at, text });
      this.#event('response.content_part.done', { ...at, part: { type: 'text', text } });
    }
    const content: MessageItem['content'] =
      this.spec.modality === 'audio' ? [{ type: 'output_audio', transcript: text }] : [{ type: 'output_text', text }];
    this.#finished({ ...entry.item, status, content });
  }

  #call(name: string, argumentsText: string): void {
    const item: FunctionCallItem = {
      id: this.#context.ids.next('item'),
      type: 'function_call',
      status: 'in_progress',
      name,
      call_id: this.#context.ids.next('call'),
      arguments: '',
    };
    this.#added({ item, at: this.#context.clock.now(), audioMs: 0 });
    const at = { item_id: item.id, output_index: this.#output.length, call_id: item.call_id };
    this.#event('response.function_call_arguments.delta', { ...at, ...padded(argumentsText, this.#context.ids) });
    this.#event('response.function_call_arguments.done', { ...at, name, arguments: argumentsText });
    this.#spent.text += textTokens(name + argumentsText);
    this.#finished({ ...item, status: 'completed', arguments: argumentsText });
  }

  #added(entry: Entry): void {
    this.#event('response.output_item.added', { output_index: this.#output.length, item: entry.item });
    if (this.spec.outOfBand) return;
    const previous = this.#context.conversation.add(entry);
    this.#context.emit({ type: 'conversation.item.added', previous_item_id: previous, item: entry.item });
  }

  /** The API leaves out the real previous item here (3.2). */
  #finished(item: Item): void {
    if (!this.spec.outOfBand) {
      this.#context.conversation.put(item);
      this.#context.emit({ type: 'conversation.item.done', previous_item_id: null, item });
    }
    this.#event('response.output_item.done', { output_index: this.#output.length, item });
    this.#output.push(item);
  }

  #end(status: 'completed' | 'cancelled' | 'incomplete' | 'failed', details: Record<string, unknown> | null): void {
    if (this.#ended) return;
    this.#closeMessage('incomplete');
    this.#ended = true;
    this.#abort.abort();
    this.#context.output.finish(this.id);
    this.#context.emit({ type: 'response.done', response: this.#body(status, details) });
    if (status === 'cancelled') return;
    const limit = 4_000_000;
    const remaining = limit - this.total.text - this.total.audio;
    this.#context.emit({
      type: 'rate_limits.updated',
      rate_limits: [{ name: 'tokens', limit, remaining: Math.max(0, remaining), reset_seconds: 0 }],
    });
  }

  #body(status: string, details: Record<string, unknown> | null): Record<string, unknown> {
    return responseBody(this.spec, {
      id: this.id,
      status,
      details,
      output: [...this.#output],
      conversationId: this.#context.conversation.id,
      usage: status === 'in_progress' ? null : usage(this.#read, this.#spent, this.#previous),
    });
  }

  #part(itemId: string): SoundPart {
    return { responseId: this.id, itemId, outputIndex: this.#output.length, contentIndex: 0 };
  }

  #contentAt(itemId: string): { item_id: string; output_index: number; content_index: number } {
    return { item_id: itemId, output_index: this.#output.length, content_index: 0 };
  }

  #event(type: ServerEvent['type'], fields: Record<string, unknown>): void {
    this.#context.emit({ type, response_id: this.id, ...fields });
  }
}
