/**
 * Keeps an open call as it happens, half a second behind. Never throws and never holds a call up: what it cannot keep it
 * says, once a call, and tries again.
 */
import type { Sent } from '../../protocol/messages.ts';
import type { KeepTrouble, Line } from '../../protocol/snapshot.ts';
import { StoreError, type Connection } from './connection.ts';
import { makeRoom } from './edit.ts';
import { limits as usual, type Limits } from './room.ts';
import { writeCall, type CallFacts, type Written } from './write.ts';

export type Keeping = 'keeping' | KeepTrouble;

export interface Recorder {
  /** Cheap, also many times a second. Lines that did not change should be the same objects. Nothing is kept of a call without a line. */
  record(call: CallFacts, lines: readonly Line[]): void;
  /** Resolves when all that was recorded is in the database, or cannot be. */
  flush(): Promise<void>;
}

export interface RecorderOptions {
  /** What the tool row of this id sent to the model; null: not known. */
  sentOf?: (lineId: string) => Sent | null;
  see?: (keeping: Keeping) => void;
  limits?: Limits;
  delayMs?: number;
  clock?: () => number;
}

/** What did not work is tried again so many times less often. */
const slower = 10;

export function createRecorder(connection: Connection, options: RecorderOptions = {}): Recorder {
  const { see = () => {}, sentOf = () => null, limits = usual, delayMs = 500, clock = Date.now } = options;
  const { hardBytes } = limits;
  let waiting: { call: CallFacts; lines: readonly Line[] } | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let writing: Promise<void> = Promise.resolve();
  let written: Written | null = null;
  let keeping: Keeping = 'keeping';
  let told: CallFacts | null = null;

  function say(next: Keeping, call: CallFacts): void {
    const isNews = next !== keeping || (next !== 'keeping' && !isSamePart(told, call));
    [keeping, told] = [next, call];
    if (!isNews) return;
    see(next);
  }

  async function write({ call, lines }: { call: CallFacts; lines: readonly Line[] }): Promise<void> {
    try {
      if (!isSamePart(written, call)) {
        written = null;
        await makeRoom(connection, clock(), call.id, limits);
      }
      written = await writeCall(connection, call, lines, written, { at: clock(), hardBytes, sentOf });
      say(written.deleted ? 'deleted' : 'keeping', call);
    } catch (error) {
      say(error instanceof StoreError ? error.trouble : 'unavailable', call);
      // It may be the last that is said for long; what comes meanwhile takes it along.
      waiting ??= { call, lines };
      timer ??= setTimeout(() => void begin(), delayMs * slower);
    }
  }

  /** One after the other: each builds on what the one before has written. */
  function begin(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    const now = waiting;
    waiting = null;
    if (now) writing = writing.then(() => write(now));
    return writing;
  }

  return {
    record(call, lines) {
      if (lines.length === 0) return;
      if (waiting && !isSamePart(waiting.call, call)) void begin();
      waiting = { call, lines };
      timer ??= setTimeout(() => void begin(), delayMs);
    },
    flush: begin,
  };
}

type Part = Pick<CallFacts, 'id' | 'startedAt'>;

/** A call that is gone on with has the id of before, and begins anew behind what is there. */
function isSamePart(one: Part | null, other: Part): boolean {
  return one?.id === other.id && one.startedAt === other.startedAt;
}
