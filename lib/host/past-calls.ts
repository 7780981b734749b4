/** Keeps the open call for later, as it happens, where the person wants that; and hands out one to go on with. */
import type { Call } from '../call/call.ts';
import type { Earlier } from '../call/state.ts';
import { FaultError } from '../protocol/faults.ts';
import type { Line, Snapshot } from '../protocol/snapshot.ts';
import { connectToCalls } from '../storage/calls/connection.ts';
import { readCall, type CallText } from '../storage/calls/read.ts';
import { createRecorder, type Recorder } from '../storage/calls/recorder.ts';
import type { CallFacts } from '../storage/calls/write.ts';

export interface PastCalls {
  /** The call as it is now. Cheap, also many times a second. */
  keep(snapshot: Snapshot): void;
  /** Resolves when all of it is kept, or cannot be: no call waits long for its own record. */
  settled(): Promise<void>;
  /**
   * The kept call of this id, with what could be read of it; or what is still shown of it, where that is more. Rejects with
   * `past-call-unread` where there is neither.
   */
  earlier(id: string, shown?: readonly Line[]): Promise<Earlier>;
}

/** A healthy database takes a few milliseconds; one that does not answer must not keep the document open. */
const settleMs = 2_000;

/** In this browser's own database. The call is told why it is not kept, and null when it is; and asked what its rows sent. */
export function openPastCalls(call: () => Pick<Call, 'keeping' | 'sent'>): PastCalls {
  const connection = connectToCalls();
  const recorder = createRecorder(connection, {
    see: (keeping) => call().keeping(keeping === 'keeping' ? null : keeping),
    sentOf: (lineId) => call().sent(lineId),
  });
  return createPastCalls(recorder, (id) => readCall(connection, id));
}

export function createPastCalls(recorder: Recorder, read: (id: string) => Promise<CallText | null>): PastCalls {
  function settled(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const late = setTimeout(resolve, settleMs);
    void recorder
      .flush()
      .finally(() => clearTimeout(late))
      .then(resolve, resolve);
    return promise;
  }

  return {
    keep(snapshot) {
      const facts = factsOf(snapshot);
      if (facts) recorder.record(facts, snapshot.lines.slice(snapshot.earlierLines));
    },
    settled,
    async earlier(id, shown = []) {
      // It may be the call that has just ended.
      await settled();
      let why = 'not there, or damaged';
      const text = await read(id).catch((error: unknown) => void (why = String(error)));
      const lines = text && text.lines.length >= shown.length ? text.lines : [...shown];
      const last = lines.at(-1);
      if (!last) throw new FaultError('past-call-unread', why);
      return { callId: id, at: text?.call.endedAt ?? last.at, lines };
    },
  };
}

function factsOf(snapshot: Snapshot): CallFacts | null {
  const { callId, startedAt, earlierLines, provider, model, usage, money } = snapshot;
  if (callId === null || startedAt === null) return null;
  // Without money nothing was spent: the provider is free, or has not answered yet.
  const usd = money === null ? 0 : money.partial ? null : money.call;
  return { id: callId, startedAt, goesOn: earlierLines > 0, provider, model, usage, usd };
}
