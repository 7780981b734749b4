/**
 * The jitter queue of the WebSocket voice: sound arrives in bursts or in real time, and is played sample by sample. Counts
 * what was really played, because on WebSocket only we know. All lengths are samples at 24 kHz.
 */

/** How much of an item went out. */
export interface Played {
  itemId: string;
  samples: number;
}

export interface Cut {
  /** The response that was being heard; null when nothing sounded. */
  responseId: string | null;
  /** The items of which sound was dropped, or was still to come. */
  items: Played[];
}

/** `starved`: it ran dry before it was whole. */
export interface QueueChange {
  type: 'started' | 'drained' | 'starved';
  responseId: string;
}

/**
 * For a provider that sends in real time: 120 ms on top of the piece that comes next, so that a main thread which stands
 * still for 50 ms and timers that are late are not heard. Each time that was too little it grows by 60 ms.
 */
const firstMargin = 2880;
const growth = 1440;
const largestMargin = 12_000;
/** 120 ms. Nobody sends longer pieces in real time. */
const largestPiece = 2880;
/** A second of sound that waits shows a provider that sends faster than real time: for its answers 60 ms are enough. */
const plenty = 24_000;
const enoughOfPlenty = 1440;

/** Five minutes. The longest answer that a model gives, 4,096 tokens, lasts less than four; the rest is damage. */
const mostWaiting = 300 * 24_000;

interface Part {
  itemId: string;
  chunks: Int16Array[];
  waiting: number;
  played: number;
}

/** One response's sound. */
interface Answer {
  responseId: string;
  parts: Part[];
  announced: boolean;
  /** What is there can be played to its end: all of an item, or (`ended`) all of the response. */
  whole: boolean;
  ended: boolean;
}

export class PlayQueue {
  #answers: Answer[] = [];
  /** Samples taken of the chunk that is being played. */
  #offset = 0;
  #playing = false;
  #margin = firstMargin;
  #piece = 0;
  #fast = false;

  add(responseId: string, itemId: string, samples: Int16Array): void {
    if (samples.length === 0) return;
    const answer = this.#answerOf(responseId);
    if (this.#answers.reduce((sum, each) => sum + waitingOf(each), 0) >= mostWaiting) return;
    let part = answer.parts.at(-1);
    if (part?.itemId !== itemId) answer.parts.push((part = { itemId, chunks: [], waiting: 0, played: 0 }));
    part.chunks.push(samples);
    part.waiting += samples.length;
    answer.whole = answer.ended;
    this.#piece = Math.min(samples.length, largestPiece);
    if (part.waiting >= plenty) this.#fast = true;
  }

  /** All of an item is there; the response may bring more. */
  whole(responseId: string): void {
    const answer = this.#answers.find((each) => each.responseId === responseId);
    if (answer) answer.whole = true;
  }

  /** No more comes for this response. */
  end(responseId: string): void {
    this.whole(responseId);
    const answer = this.#answers.find((each) => each.responseId === responseId);
    if (answer) answer.ended = true;
  }

  /** Drops what waits. */
  clear(): Cut {
    const head = this.#answers[0];
    const cut = { responseId: head?.announced ? head.responseId : null, items: this.#answers.flatMap(unheard) };
    this.#answers = [];
    this.#offset = 0;
    this.#playing = false;
    return cut;
  }

  /** Fills one block, with silence where there is nothing to play. */
  next(block: Float32Array, tell: (change: QueueChange) => void): void {
    let at = 0;
    for (let head = this.#answers[0]; head; head = this.#answers[0]) {
      this.#begin(head, tell);
      if (this.#playing) at = this.#fill(block, at, head);
      if (waitingOf(head) > 0) return;
      if (!head.whole) {
        if (this.#playing && at < block.length) this.#starve(head, tell);
        return;
      }
      this.#playing = false;
      if (!head.ended) return;
      this.#answers.shift();
      if (head.announced) tell({ type: 'drained', responseId: head.responseId });
    }
  }

  #answerOf(responseId: string): Answer {
    let answer = this.#answers.find((each) => each.responseId === responseId);
    if (!answer) {
      // One response is made at a time: whatever else is missing of those before does not come any more.
      for (const before of this.#answers) before.whole = before.ended = true;
      answer = { responseId, parts: [], announced: false, whole: false, ended: false };
      this.#answers.push(answer);
    }
    return answer;
  }

  #begin(answer: Answer, tell: (change: QueueChange) => void): void {
    const waiting = waitingOf(answer);
    const enough = answer.whole ? 1 : this.#fast ? enoughOfPlenty : this.#margin + this.#piece;
    if (this.#playing || waiting < enough) return;
    this.#playing = true;
    if (answer.announced) return;
    answer.announced = true;
    tell({ type: 'started', responseId: answer.responseId });
  }

  #starve({ responseId }: Answer, tell: (change: QueueChange) => void): void {
    this.#playing = false;
    this.#fast = false;
    this.#margin = Math.min(this.#margin + growth, largestMargin);
    tell({ type: 'starved', responseId });
  }

  /** Returns how much of the block is filled. */
  #fill(block: Float32Array, from: number, answer: Answer): number {
    let at = from;
    for (const part of answer.parts) {
      for (let chunk = part.chunks[0]; chunk && at < block.length; chunk = part.chunks[0]) {
        const count = Math.min(block.length - at, chunk.length - this.#offset);
        for (let index = 0; index < count; index += 1) block[at + index] = (chunk[this.#offset + index] ?? 0) / 0x8000;
        at += count;
        part.waiting -= count;
        part.played += count;
        this.#offset += count;
        if (this.#offset < chunk.length) return at;
        part.chunks.shift();
        this.#offset = 0;
      }
    }
    return at;
  }
}

function waitingOf({ parts }: Answer): number {
  return parts.reduce((sum, { waiting }) => sum + waiting, 0);
}

/** What the person will not hear the rest of: items that wait, and the one of which more was still to come. */
function unheard({ parts, whole }: Answer): Played[] {
  return parts
    .filter(({ waiting }, index) => waiting > 0 || (!whole && index === parts.length - 1))
    .map(({ itemId, played }) => ({ itemId, samples: played }));
}
