/** Keeps the open call for later, as it happens, where the person wants that. */
import type { Snapshot } from '../protocol/snapshot.ts';
import { connectToCalls } from '../storage/calls/connection.ts';
import { createRecorder, type Recorder } from '../storage/calls/recorder.ts';
import type { CallFacts } from '../storage/calls/write.ts';

export interface PastCalls {
  /** The call as it is now. Cheap, also many times a second. */
  keep(snapshot: Snapshot): void;
  /** Resolves when all of it is kept, or cannot be: no call waits long for its own record. */
  settled(): Promise<void>;
}

/** A healthy database takes a few milliseconds; one that does not answer must not keep the document open. */
const settleMs = 2_000;

/** In this browser's own database. `log`: what could not be kept, once. */
export function openPastCalls(log: (line: string) => void): PastCalls {
  return createPastCalls(createRecorder(connectToCalls(), { see: (keeping) => log(`past calls: ${keeping}`) }));
}

export function createPastCalls(recorder: Recorder): PastCalls {
  return {
    keep(snapshot) {
      const facts = factsOf(snapshot);
      if (facts) recorder.record(facts, snapshot.lines);
    },
    settled() {
      const { promise, resolve } = Promise.withResolvers<void>();
      const late = setTimeout(resolve, settleMs);
      void recorder
        .flush()
        .finally(() => clearTimeout(late))
        .then(resolve, resolve);
      return promise;
    },
  };
}

function factsOf({ callId, startedAt, provider, model, usage, money }: Snapshot): CallFacts | null {
  if (callId === null || startedAt === null) return null;
  // Without money nothing was spent: the provider is free, or has not answered yet.
  const usd = money === null ? 0 : money.partial ? null : money.call;
  return { id: callId, startedAt, provider, model, usage, usd };
}
