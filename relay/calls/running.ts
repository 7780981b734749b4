/** Calls that this relay opened and that go on without it: they outlive a restart, and so must what is known of them. */
import type { Who } from '../caps/who.ts';

export interface RunningCall {
  /** The provider's id for it, or a made-up one where it gave none. */
  id: string;
  /** Its place among the calls at once. */
  place: string;
  who: Who;
  model: string;
  /** Ms since 1970. */
  startedAt: number;
  /** Until when its time is counted, ms since 1970. */
  countedUntil: number;
  /** Counted so far. */
  microUsd: number;
}

export interface RunningCalls {
  /** New, or with what was counted since; `seenAt` is when a relay last looked after it, ms since 1970. */
  save(call: RunningCall, seenAt: number): Promise<void>;
  find(id: string): Promise<RunningCall | null>;
  remove(id: string): Promise<void>;
  /** Those that no relay has looked after since `before`: whoever gets one looks after it from `now` on. */
  takeOver(before: number, now: number): Promise<RunningCall[]>;
}
