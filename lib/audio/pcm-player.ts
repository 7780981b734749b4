/** Runs inside the AudioWorklet: plays the queue, and tells when sound begins and ends. */
import { PlayQueue, type Cut, type QueueChange } from './play-queue.ts';
import type { WorkletScope } from './worklet-scope.ts';

export const playerProcessorName = 'parley-player';

export type PlayerCommand =
  | { type: 'play'; responseId: string; itemId: string; samples: Int16Array }
  | { type: 'whole' | 'end'; responseId: string }
  /** Answered with `cleared` and the same number. */
  | { type: 'clear'; id: number };

export type PlayerReport = QueueChange | { type: 'cleared'; id: number; cut: Cut };

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
      if (block) this.#queue.next(block, (change) => this.#report(change));
      return true;
    }

    #obey(command: PlayerCommand): void {
      if (command.type === 'play') this.#queue.add(command.responseId, command.itemId, command.samples);
      else if (command.type === 'clear') this.#report({ type: 'cleared', id: command.id, cut: this.#queue.clear() });
      else this.#queue[command.type](command.responseId);
    }

    #report(report: PlayerReport): void {
      this.port.postMessage(report);
    }
  }
  registerProcessor(playerProcessorName, PlayerProcessor);
}
