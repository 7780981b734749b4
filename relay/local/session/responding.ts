import type { Cut } from '../output/audio-output.ts';
import type { SessionContext } from './context.ts';
import { ProtocolError } from './errors.ts';
import { ResponseRun } from './response-run.ts';
import { responseSpec, type ResponseOverrides } from './response-spec.ts';
import { truncate } from './truncation.ts';
import type { Tokens } from './usage.ts';

/** The session's answers: one at a time in the conversation, any number outside of it. */
export class Responding {
  readonly #context: SessionContext;
  readonly #outOfBand = new Set<ResponseRun>();
  #active: ResponseRun | null = null;
  #read: Tokens = { text: 0, audio: 0 };

  constructor(context: SessionContext) {
    this.#context = context;
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
    else this.#active = run;
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

  #forget(run: ResponseRun): void {
    if (this.#active === run) this.#active = null;
    this.#outOfBand.delete(run);
    if (!run.spec.outOfBand) this.#read = run.total;
  }

  #report(cut: Cut | null): void {
    if (!cut) return;
    if (cut.started) this.#context.emit({ type: 'output_audio_buffer.cleared', response_id: cut.responseId });
    for (const { itemId, contentIndex, audioEndMs } of cut.items)
      truncate(this.#context, itemId, contentIndex, audioEndMs);
  }
}
