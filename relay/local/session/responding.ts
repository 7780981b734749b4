import type { Cut } from '../output/audio-output.ts';
import type { SessionContext } from './context.ts';
import { ProtocolError } from './errors.ts';
import { ResponseRun } from './response-run.ts';
import { responseSpec, type ResponseOverrides } from './response-spec.ts';
import { truncate } from './truncation.ts';
import type { Piece } from './usage.ts';

/** When the assistant has its turn in the conversation. */
export interface AnswerTurns {
  began(): void;
  /** The making is over; by its length its sound plays for so many ms more. */
  ended(playsForMs: number): void;
  /** What was playing does not any more. */
  silenced(): void;
}

/** The session's answers: one at a time in the conversation, any number outside of it. */
export class Responding {
  readonly #context: SessionContext;
  readonly #outOfBand = new Set<ResponseRun>();
  readonly #turns: AnswerTurns;
  #active: ResponseRun | null = null;
  #read: readonly Piece[] = [];

  constructor(context: SessionContext, turns: AnswerTurns) {
    this.#context = context;
    this.#turns = turns;
  }

  get active(): boolean {
    return this.#active !== null;
  }

  /** Starts a response. Throws when one is running in the conversation already. */
  start(overrides: ResponseOverrides = {}): void {
    const spec = responseSpec(this.#context, overrides);
    if (this.#active && !spec.outOfBand) {
      throw new ProtocolError(
        'conversation_already_has_active_response',
        `Conversation already has an active response in progress: ${this.#active.id}. Wait until the response is finished before creating a new one.`,
      );
    }
    const run = new ResponseRun(this.#context, spec, this.#read);
    if (spec.outOfBand) this.#outOfBand.add(run);
    else {
      this.#active = run;
      this.#turns.began();
    }
    void run.run().finally(() => this.#forget(run));
  }

  /** `response.cancel`: the making stops; what is in the output plays on until it is cleared. */
  cancel(responseId?: string): void {
    const runs = [...(this.#active ? [this.#active] : []), ...this.#outOfBand];
    const run = responseId === undefined ? this.#active : runs.find(({ id }) => id === responseId);
    if (!run || run.ended) {
      throw new ProtocolError('response_cancel_not_active', 'Cancellation failed: no active response found');
    }
    run.cancel('client_cancelled');
    this.#forget(run);
  }

  /** `output_audio_buffer.clear`. */
  clearOutput(): void {
    this.#report(this.#context.output.clear());
  }

  /** The person talks over the answer. First the sound stops, then the making, then the client hears of both. */
  interrupt(): void {
    const cut = this.#context.output.clear();
    const run = this.#active;
    if (run) {
      run.cancel('turn_detected');
      this.#forget(run);
    }
    this.#report(cut);
  }

  close(): void {
    for (const run of [...this.#outOfBand, ...(this.#active ? [this.#active] : [])]) run.cancel('client_cancelled');
  }

  /** Harmless when repeated. */
  #forget(run: ResponseRun): void {
    this.#outOfBand.delete(run);
    if (this.#active !== run) return;
    this.#active = null;
    if (run.pieces.length > 0) this.#read = run.pieces;
    this.#turns.ended(run.playsForMs);
  }

  #report(cut: Cut | null): void {
    if (!cut) return;
    if (cut.started) this.#context.emit({ type: 'output_audio_buffer.cleared', response_id: cut.responseId });
    for (const { itemId, contentIndex, audioEndMs } of cut.items)
      truncate(this.#context, itemId, contentIndex, audioEndMs);
    this.#turns.silenced();
  }
}
