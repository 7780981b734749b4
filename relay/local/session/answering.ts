import type { SessionContext } from './context.ts';
import { errorBody, ProtocolError } from './errors.ts';
import type { Heard } from './items.ts';
import type { Responding } from './responding.ts';

/** Which of the person's turns are answered, and when. */
export class Answering {
  readonly #context: SessionContext;
  readonly #responding: Responding;
  /** A turn that was understood while the next one was already being spoken. */
  #unanswered = false;

  constructor(context: SessionContext, responding: Responding) {
    this.#context = context;
    this.#responding = responding;
  }

  /**
   * A turn has its words. False when it gets no answer: noise gets none, while words nobody here understands get one
   * that says so. `speaking` is whether the person has gone on already: then both turns are answered as one.
   *
   * The API begins its response some 10 ms after the commit and hears the words in it (realtime-protocol 3.4); here
   * `response.created` waits for the recogniser, because only it can tell a cough from a question. A client cannot
   * depend on the difference: when a response begins is not promised, nor when a transcription comes.
   */
  turn(heard: Heard, speaking: boolean): boolean {
    const understood = 'text' in heard || heard.fault !== 'audio_unintelligible';
    if (!understood && !this.#unanswered) return false;
    this.#unanswered = speaking;
    if (speaking) return true;
    const interrupting = this.#context.config.audio.input.turn_detection?.interrupt_response ?? false;
    if (this.#responding.active && interrupting) this.#responding.interrupt();
    this.respond();
    return true;
  }

  /** Without `interrupt_response` this fails while a response is being made, and says so (2.4). */
  respond(): void {
    try {
      this.#responding.start();
    } catch (error) {
      if (!(error instanceof ProtocolError)) throw error;
      this.#context.emit({ type: 'error', error: { ...errorBody(error), event_id: null } });
    }
  }
}
