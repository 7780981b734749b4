/** One fault of the table: how it is played, and what must come of it. */
import type { Scene, SceneOptions } from '../support/scene.ts';
import type { FaultId } from './ids.ts';

/** What came of one run. */
export interface Played {
  /** What the person saw, as the screen has it: a state, a sentence. The same in every run. */
  saw: string;
  /** Milliseconds from the fault until it showed. Absent where there is nothing to see. */
  detectedMs?: number;
  /** Milliseconds from the fault, or from the return of what was gone, until it worked again as before. */
  recoveredMs?: number;
  /** Milliseconds before the fault from which on something that was said is not there any more. */
  missingMs?: number;
}

/** Of one measure, in milliseconds, for the 95th percentile. */
export interface Targets {
  detectedMs?: number;
  recoveredMs?: number;
  missingMs?: number;
}

/** Played against the built extension, in a scene of its own; the invariants are checked behind it. */
export interface PlayedCase {
  id: FaultId;
  /** Where a fault has several shapes: which of them. */
  shape?: string;
  /** Default: a quiet room, the relay with its local engine and its control API. */
  scene?: SceneOptions;
  /** Rejects where what must hold does not. */
  play(scene: Scene): Promise<Played>;
  targets?: Targets;
  /** What the machine must have: `network` an own network namespace with nftables, `sound` PulseAudio, `display` Xvfb. */
  needs?: 'network' | 'sound' | 'display';
  /** No call can be made behind it: the relay is gone or was never there. */
  leavesNoRelay?: boolean;
  /** The browser or the extension is gone behind it; what must hold is checked by the case. */
  leavesNothing?: boolean;
  /** How often, where three times are too many or too few. */
  runs?: number;
  /** Part of `--quick`. */
  quick?: boolean;
}

/** Played by tests that are there anyway; their names are shown. */
export interface TestedCase {
  id: FaultId;
  shape?: string;
  /** A file below `test/`, and words of the names of the tests in it. */
  tests: { file: string; names: string }[];
  saw: string;
  quick?: boolean;
}

/** Not played: a machine cannot, and why. */
export interface ListedCase {
  id: FaultId;
  shape?: string;
  cannot: string;
}

export type FaultCase = PlayedCase | TestedCase | ListedCase;
