/** Runs inside the AudioWorklet: plays the queue, and tells when sound begins and ends. */
import { PlayQueue, type Played } from './play-queue.ts';
import type { WorkletScope } from './worklet-scope.ts';

export const playerProcessorName = 'parley-player';

export type PlayerCommand =
  | { type: 'play'; itemId: string; samples: Int16Array }
  | { type: 'end' }
  /** Answered with `cleared` and the same number. */
  | { type: 'clear'; id: number };

export type PlayerReport =
  | { type: 'started' }
  | { type: 'drained' }
  | { type: 'starved' }
  | { type: 'cleared'; id: number; played: Played | null };

export function registerPlayer({ AudioWorkletProcessor, registerProcessor }: WorkletScope): void {
  class PlayerProcessor extends AudioWorkletProcessor {
    readonly #queue = new PlayQueue();

    constructor() {
      super();
      this.port.addEventListener('message', ({ data }) => this.#obey(data as PlayerCommand));
      this.port.start();
    }

    process(_inputs: Float32Array[][], [output]: Float32Array[][]): boolean {
      const block = output?.[0];
      const change = block ? this.#queue.next(block) : null;
      if (change) this.#report({ type: change });
      return true;
    }

    #obey(command: PlayerCommand): void {
      if (command.type === 'play') this.#queue.add(command.itemId, command.samples);
      else if (command.type === 'end') this.#queue.end();
      else this.#report({ type: 'cleared', id: command.id, played: this.#queue.clear() });
    }

    #report(report: PlayerReport): void {
      this.port.postMessage(report);
    }
  }
  registerProcessor(playerProcessorName, PlayerProcessor);
}
