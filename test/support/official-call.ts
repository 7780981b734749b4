/** A call made with one of OpenAI's own clients, as tests see it: what its application would see, and can do. */
import { judge } from './event-judge.ts';
import { inOrder, Waiting } from './waiting.ts';

export interface ServerEvent {
  type: string;
  [field: string]: any;
}

export interface ApiError {
  code: string | null;
  message: string;
  param: string | null;
  event_id: string | null;
}

export interface Wish {
  /** Default: a good one. */
  key?: string;
  /** Default: spoken answers. */
  answers?: 'text';
  /** Gives the assistant a tool, `read_page`, that returns this. */
  toolOutput?: string;
}

/** An item in a client's own memory of the conversation. */
export type HistoryItem = { type: string; role?: string } & object;

export interface Sound {
  /** Mono, -1 to 1. */
  samples: Float32Array;
  /** Hz. */
  rate: number;
}

export abstract class OfficialCall {
  /** Every event that the client handed to its application, in order. */
  readonly events: ServerEvent[] = [];
  /** What the client reported as an error, by its own means. */
  readonly errors: ApiError[] = [];
  readonly #waiting = new Waiting();

  abstract readonly transport: 'webrtc' | 'websocket';
  /** A typed turn, to be answered. */
  abstract types(text: string): Promise<void>;
  /** Says something (24 kHz) at the speed of speech, with silence after it. */
  abstract speaks(samples: Int16Array): Promise<void>;
  /** The client's own way to stop an answer; for one that has none, what its documentation says to send. */
  abstract interrupt(): Promise<void>;
  abstract send(event: ServerEvent): Promise<void>;
  /** What came out so far. */
  abstract heard(): Sound;
  /** What the client remembers by itself; null for one that does not. */
  abstract history(): Promise<HistoryItem[] | null>;
  abstract close(): Promise<void>;

  /** The first event of a type from index `from` on; fails after 15 s with what came instead. */
  event(type: string, from = 0): Promise<ServerEvent & { index: number }> {
    const came = (): string => `${this.order(from).join(', ')}; errors: ${JSON.stringify(this.errors)}`;
    return this.#waiting.event(this.events, type, { from }, came);
  }

  /** `what` says what did not happen. */
  until(condition: () => boolean, what: () => string): Promise<void> {
    return this.#waiting.until(condition, what);
  }

  /** Types of events in order; runs of the same delta as one. */
  order(from = 0): string[] {
    return inOrder(this.events, from);
  }

  /** For the client's callbacks. `event` is as the client parsed it, or its JSON text. */
  protected took(event: object | string): void {
    const text = typeof event === 'string' ? event : JSON.stringify(event);
    judge(text);
    this.events.push(JSON.parse(text));
    this.#waiting.wake();
  }

  protected erred(error: ApiError): void {
    this.errors.push(error);
    this.#waiting.wake();
  }
}
