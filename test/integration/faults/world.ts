/** What a demonstration of a fault has at hand. */
import type { Faults } from '../../support/faults.ts';
import type { Transport } from '../../../relay/local/faults/kind.ts';
import type { FaultName } from '../../../relay/local/faults/list.ts';
import type { TestClient, TestEngine } from './client.ts';

export interface World {
  engine: TestEngine;
  faults: Faults;
  /** Hung up when the demonstration is over. */
  dial(session?: Record<string, unknown>): Promise<TestClient>;
  transport: Transport;
}

/** Shows that a fault reaches a client; fails when it does not. */
export type Show = (world: World) => Promise<void>;

/** By the title of the test. */
export type Shows = Partial<Record<FaultName, Record<string, Show>>>;
