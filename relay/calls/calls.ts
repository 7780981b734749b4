/** What the routes need of calls that the relay opened. The edge brings it (Node: call-book.ts). */
import type { RelayErrorCode } from '../../lib/protocol/grant.ts';
import type { ReachedLimit } from '../../lib/protocol/reached.ts';
import type { RunningCall } from './running.ts';

/** Why the relay ended a call. */
export interface Ended {
  callId: string;
  /** Unix seconds. */
  at: number;
  code: RelayErrorCode;
  /** For the person. */
  message: string;
  /** Null where it was ended for another reason. */
  limit: ReachedLimit | null;
}

export interface Calls {
  /** From now on it is counted and held to its limits. `known`: the provider gave an id, by which it can be ended. */
  opened(call: Pick<RunningCall, 'id' | 'place' | 'who' | 'model'>, known: boolean): Promise<void>;
  /** Ends a call of this person. False when there is none. Throws an `upstream_…` refusal. */
  hangUp(id: string, person: string): Promise<boolean>;
  /** The last call of this device that the relay ended, or null. */
  endedFor(device: string): Ended | null;
}
