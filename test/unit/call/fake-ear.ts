/** An ear over fake time: each sample says its own position, so that a test sees what is lost, doubled or out of order. */
import { vi } from 'vitest';
import { decodePcm } from '../../../lib/audio/base64.ts';
import type { CatchUp, Delivery, Ear, Heard } from '../../../lib/audio/ear.ts';
import type { UplinkSession } from '../../../lib/call/uplink/upward.ts';

const perMs = 24;
const wrap = 30_000;
/** As the ear's own live frames. */
const frameMs = 40;

export class FakeEar implements Ear {
  readonly #openedAt = Date.now();
  readonly #speech: { from: number; to: number }[] = [];
  readonly #live = new Set<() => void>();

  get position(): number {
    return (Date.now() - this.#openedAt) * perMs;
  }

  /** Somebody speaks, in ms since the ear was opened. */
  speech(fromMs: number, toMs: number): void {
    this.#speech.push({ from: fromMs * perMs, to: toMs * perMs });
  }

  look(since: number): Promise<Heard> {
    const { position } = this;
    const begun = this.#speech.filter(({ from }) => from <= position);
    return Promise.resolve({
      position,
      speechFrom: begun.find(({ to }) => to > since)?.from ?? null,
      speaking: begun.some(({ to }) => position < to + 300 * perMs),
    });
  }

  deliver(from: number, take: (frame: Int16Array) => void): Delivery {
    let at = from;
    const hand = () => {
      const { position } = this;
      if (position > at) take(Int16Array.from({ length: position - at }, (_, index) => (at + index) % wrap));
      at = Math.max(at, position);
    };
    hand();
    const timer = setInterval(hand, frameMs);
    this.#live.add(hand);
    return {
      stop: () => {
        clearInterval(timer);
        hand();
        return Promise.resolve(at);
      },
    };
  }

  catchUp(from: number): CatchUp {
    const { promise, resolve } = Promise.withResolvers<void>();
    setTimeout(resolve, 100);
    return { track: { from } as never, caughtUp: promise, close: () => undefined };
  }

  setMicrophone(): void {}
  setVoice(): void {}
  close(): void {}
}

export type Sent =
  | { what: 'sound'; from: number; to: number }
  | { what: 'track'; track: string }
  | { what: 'clear' | 'commit' | 'answer' | 'item' };

/** A line that writes down what goes up; appended sound as the positions it came from, joined where it is unbroken. */
export function fakeLine({ carriesTrack = true, provider = 'p', firstNearMs = 0 } = {}) {
  const sent: Sent[] = [];
  const unwrap = (value: number, near: number) => value + Math.round((near - value) / wrap) * wrap;
  const session: UplinkSession = {
    line: { transport: { carriesTrack, backlog: 0 }, provider } as never,
    setTrack: vi.fn((track: unknown) => {
      const catching = (track as { from?: number } | null)?.from;
      sent.push({
        what: 'track',
        track: track === null ? 'none' : catching === undefined ? 'raw' : `ring ${catching}`,
      });
      return Promise.resolve();
    }),
    append(audio) {
      const samples = decodePcm(audio)!;
      const last = sent.at(-1);
      const from = unwrap(samples[0]!, last?.what === 'sound' ? last.to : firstNearMs * perMs || samples[0]!);
      if (last?.what === 'sound' && last.to === from) last.to = from + samples.length;
      else sent.push({ what: 'sound', from, to: from + samples.length });
    },
    clearInput: () => void sent.push({ what: 'clear' }),
    commit: () => void sent.push({ what: 'commit' }),
    answer: () => void sent.push({ what: 'answer' }),
    saySound: () => void sent.push({ what: 'item' }),
  };
  return { session, sent };
}

export const ms = (samples: number) => samples / perMs;
