/** One sentence in a voice, to be heard before it is chosen: a short session of its own, without a microphone or a page. */
import type { CallParts } from '../call/call.ts';
import { FaultError } from '../protocol/faults.ts';
import type { CallPlan, SampleEnd } from '../protocol/messages.ts';
import { playSample } from './play-sample.ts';

export type SampleParts = Pick<
  CallParts,
  'requestGrant' | 'openSession' | 'ways' | 'createSpeaker' | 'spent' | 'log'
> & {
  /** Nothing sounds any more. */
  over(): void;
};

export interface VoiceSample {
  readonly playing: boolean;
  /** The voice is the plan's. What still plays is stopped. */
  play(plan: CallPlan): void;
  /** Of the last one: how it ended, as soon as it has. Rejects with a FaultError. */
  end(): Promise<SampleEnd>;
  /** Harmless when nothing plays. */
  stop(): void;
}

/** A cold line and a slow voice together take half of it. */
const deadlineMs = 20_000;

export function createVoiceSample(parts: SampleParts): VoiceSample {
  let running: AbortController | null = null;
  let last: Promise<SampleEnd> = Promise.resolve('stopped');

  async function run(plan: CallPlan, life: AbortController): Promise<SampleEnd> {
    const late = setTimeout(() => life.abort(new FaultError('connection-failed', 'no voice in time')), deadlineMs);
    try {
      await playSample(parts, plan, life.signal);
      return 'heard';
    } catch (error) {
      if (life.signal.reason === stopped) return 'stopped';
      throw life.signal.aborted ? life.signal.reason : error;
    } finally {
      clearTimeout(late);
      if (running === life) {
        running = null;
        parts.over();
      }
    }
  }

  const stop = () => running?.abort(stopped);
  return {
    get playing() {
      return running !== null;
    },
    play(plan) {
      stop();
      running = new AbortController();
      last = run(plan, running);
      // Nobody may ask how it ended.
      last.catch(() => undefined);
    },
    end: () => last,
    stop,
  };
}

const stopped = new DOMException('stopped', 'AbortError');
