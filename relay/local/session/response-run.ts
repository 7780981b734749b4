import { MindFailure } from '../mind/mind.ts';
import { clauses } from './clauses.ts';
import { spokenLanguage, type SessionContext } from './context.ts';
import { inWindow, readableTokens } from './context-window.ts';
import type { WireResponse } from './events.ts';
import type { Entry, Phase } from './items.ts';
import { responseBody } from './response-body.ts';
import { responseParts } from './response-parts.ts';
import { mustCall, type ResponseSpec } from './response-spec.ts';
import { ResponseWriter } from './response-writer.ts';
import { synthesise, withinTokens } from './spoken-clause.ts';
import { cachedTokens, count, fixedPiece, NO_TOKENS, pieceOf, sum, textTokens, usage, type Piece } from './usage.ts';

export type CancelReason = 'turn_detected' | 'client_cancelled';

type Status = NonNullable<WireResponse['status']>;
type Details = WireResponse['status_details'];

/** As many as the largest limit seen (realtime-protocol 3.11). */
const RATE_LIMIT = 4_000_000;

const TOO_LONG = {
  type: 'invalid_request_error',
  code: 'context_length_exceeded',
  message: 'The conversation is longer than the model can read, and truncation is disabled. Delete items of it.',
};
const OUT_OF_TOKENS: Details = { type: 'incomplete', reason: 'max_output_tokens' };

/**
 * One response from `response.created` to `response.done`, in the order of realtime-protocol 3.4 and 3.7. It is made
 * faster than it is heard; the output goes on playing after it is done.
 */
export class ResponseRun {
  readonly id: string;
  readonly spec: ResponseSpec;
  readonly #context: SessionContext;
  readonly #previous: readonly Piece[];
  readonly #abort = new AbortController();
  readonly #writer: ResponseWriter;
  #read: Piece[] = [];
  #ended = false;

  /** `previous` is what the last response read and made, for the cache's share of the bill. */
  constructor(context: SessionContext, spec: ResponseSpec, previous: readonly Piece[]) {
    this.id = context.ids.next('resp');
    this.#context = context;
    this.spec = spec;
    this.#previous = previous;
    this.#writer = new ResponseWriter(this.id, context, spec);
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** What it read and made, as the next response may find it in the cache; empty when it did nothing. */
  get pieces(): Piece[] {
    return this.#read.length === 0 ? [] : [...this.#read, ...this.#writer.pieces];
  }

  /** For how long its sound still plays, by its length alone, in ms. */
  get playsForMs(): number {
    return this.#writer.playsForMs;
  }

  /** Resolves when the response is over, however it ended. */
  async run(): Promise<void> {
    this.#context.emit({ type: 'response.created', response: this.#body('in_progress', null) });
    try {
      // A turn committed just before may not have its words yet.
      await this.#context.conversation.settled();
      if (this.#ended) return;
      const entries = this.#reads();
      if (!entries) return this.#end('failed', { type: 'failed', error: TOO_LONG });
      const thought = await this.#context.mind.think({
        entries,
        instructions: this.spec.instructions,
        tools: this.spec.toolChoice === 'none' ? [] : this.spec.tools,
        mustCall: mustCall(this.spec),
        language: spokenLanguage(this.#context),
        now: this.#context.clock.now(),
      });
      if (this.#ended) return;
      for (const part of responseParts(thought, this.spec)) {
        const complete = 'say' in part ? await this.#say(part.say, part.phase) : this.#call(part.call);
        if (this.#ended) return;
        if (!complete) return this.#end('incomplete', OUT_OF_TOKENS);
      }
      this.#end('completed', null);
    } catch (error) {
      if (error instanceof MindFailure) {
        const { type, code, message } = error;
        return this.#end('failed', { type: 'failed', error: { type, code, message } });
      }
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

  /** What this response reads, the whole of it each time again; null when it is too much. */
  #reads(): readonly Entry[] | null {
    const { config, conversation, readableTokens: limit } = this.#context;
    const fixed = fixedPiece(this.spec);
    const room = (limit ?? readableTokens(config.model)) - count(fixed.tokens);
    const entries = this.spec.input ?? inWindow(conversation.entries, config, room);
    if (entries) this.#read = [fixed, ...entries.map(pieceOf)];
    return entries;
  }

  /** Tokens it may still make. */
  get #room(): number {
    const { maxOutputTokens } = this.spec;
    return maxOutputTokens === 'inf' ? Infinity : maxOutputTokens - count(this.#writer.spent);
  }

  /** False when the token limit cut it short. */
  async #say(text: string, phase?: Phase): Promise<boolean> {
    this.#writer.openMessage(phase);
    for (const clause of clauses(text)) {
      const samples =
        this.spec.modality === 'audio'
          ? await synthesise(this.#context, clause, this.spec.voice, this.#abort.signal)
          : null;
      if (this.#ended) return false;
      const fits = withinTokens({ text: clause, samples }, this.#room);
      if (fits.text !== '') this.#writer.write(fits.text, fits.samples);
      if (fits.text === clause) continue;
      this.#writer.closeMessage('incomplete');
      return false;
    }
    this.#writer.closeMessage('completed');
    return true;
  }

  /** False when the token limit cut its arguments short. */
  #call({ name, arguments: text }: { name: string; arguments: string }): boolean {
    const complete = textTokens(name + text) <= this.#room;
    const fits = complete ? text : text.slice(0, Math.max(0, this.#room * 4 - name.length));
    this.#writer.call(name, fits, complete ? 'completed' : 'incomplete');
    return complete;
  }

  #end(status: Exclude<Status, 'in_progress'>, details: Details): void {
    if (this.#ended) return;
    this.#writer.closeMessage('incomplete');
    this.#ended = true;
    this.#abort.abort();
    this.#context.output.finish(this.id);
    // Cut off before anything was made, it read nothing as far as the bill is concerned (3.8).
    if (status === 'cancelled' && this.#writer.output.length === 0) this.#read = [];
    this.#context.emit({ type: 'response.done', response: this.#body(status, details) });
    if (status === 'cancelled') return;
    const remaining = RATE_LIMIT - count(sum(this.#read)) - count(this.#writer.spent);
    this.#context.emit({
      type: 'rate_limits.updated',
      rate_limits: [{ name: 'tokens', limit: RATE_LIMIT, remaining: Math.max(0, remaining), reset_seconds: 0 }],
    });
  }

  #body(status: Status, details: Details): WireResponse {
    const billed = status !== 'in_progress' && status !== 'failed';
    const cached = this.#read.length === 0 ? NO_TOKENS : cachedTokens(this.#read, this.#previous);
    return responseBody(this.spec, {
      id: this.id,
      status,
      details,
      output: this.#writer.output,
      conversationId: this.#context.conversation.id,
      usage: billed ? usage(sum(this.#read), cached, this.#writer.spent) : null,
    });
  }
}
