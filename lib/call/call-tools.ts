/** The tools of one call at work: running, cancelled, and what each has sent. */
import type { Sent, ToolOutcome } from '../protocol/messages.ts';
import type { ToolRoom } from '../protocol/tool-room.ts';
import type { Effect, Happening } from './events.ts';
import { SentLog } from './sent-log.ts';

export interface CallToolsParts {
  openTools(): ToolRoom;
  now(): number;
}

export class CallTools {
  readonly #parts: CallToolsParts;
  readonly #happen: (happening: Happening) => void;
  readonly #sent = new SentLog();
  #room: ToolRoom | null = null;
  /** Ends what is being read now. */
  #reading = new AbortController();

  constructor(parts: CallToolsParts, happen: (happening: Happening) => void) {
    this.#parts = parts;
    this.#happen = happen;
  }

  /** For a new call. What the last one sent is forgotten. */
  open(): void {
    this.#room = this.#parts.openTools();
    this.#sent.clear();
  }

  newTurn(): void {
    this.#room?.newTurn();
  }

  async run({ callId, itemId, name, argumentsText }: Extract<Effect, { type: 'run-tool' }>, life: AbortSignal) {
    const startedAt = this.#parts.now();
    const outcome = await this.#room?.run(name, argumentsText, AbortSignal.any([life, this.#reading.signal]));
    if (life.aborted || !outcome) return;
    this.#keep(itemId, outcome);
    this.#happen({ type: 'tool-done', callId, itemId, outcome, ms: this.#since(startedAt) });
  }

  async brief(life: AbortSignal): Promise<void> {
    const startedAt = this.#parts.now();
    const outcome = await this.#room?.digest(life);
    if (life.aborted || !outcome) return;
    const itemId = `brief_${crypto.randomUUID().slice(0, 8)}`;
    this.#keep(itemId, outcome);
    this.#happen({ type: 'briefed', itemId, outcome, ms: this.#since(startedAt) });
  }

  cancel(): void {
    this.#reading.abort();
    this.#reading = new AbortController();
  }

  /** What the row of this id sent; null when that is not kept. */
  sent(lineId: string): Sent | null {
    return this.#sent.of(lineId);
  }

  allSent(): Record<string, Sent> {
    return this.#sent.all();
  }

  #since(startedAt: number): number {
    return Math.round(this.#parts.now() - startedAt);
  }

  #keep(lineId: string, { output, image }: ToolOutcome): void {
    this.#sent.keep(lineId, image === undefined ? { output } : { output, image });
  }
}
