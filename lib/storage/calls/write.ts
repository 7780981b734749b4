/** Brings one call in the database to what it is now, by the lines that changed. */
import type { Sent } from '../../protocol/messages.ts';
import type { Line, Usage } from '../../protocol/snapshot.ts';
import { StoreError, type Connection } from './connection.ts';
import { asked, done } from './idb.ts';
import { bytesOf } from './room.ts';
import { addSent, lengthOf } from './sent.ts';
import { callBytes, isStoredCall, openMsOf, type StoredCall, type StoredLine } from './shapes.ts';
import { titleOf } from './title.ts';

/** What is known of the call, whole each time. */
export interface CallFacts {
  id: string;
  /** Of this part of it, unix milliseconds. */
  startedAt: number;
  /** An earlier part was read from the database. */
  goesOn: boolean;
  provider: string | null;
  model: string | null;
  usage: Usage;
  usd: number | null;
}

/** What was written last, so that only changes are. */
export interface Written extends Pick<CallFacts, 'id' | 'startedAt'> {
  lines: readonly Line[];
  /** Of each of those lines. */
  sizes: readonly number[];
  /** An earlier part of the same call, which the person took up again: what is new goes behind it. */
  before: StoredCall | null;
  /** Bytes of all other calls, when this one began. */
  others: number;
  deleted: boolean;
}

export interface WriteOptions {
  /** Unix milliseconds. */
  at: number;
  hardBytes: number;
  sentOf: (lineId: string) => Sent | null;
}

export async function writeCall(
  connection: Connection,
  facts: CallFacts,
  lines: readonly Line[],
  last: Written | null,
  { at, hardBytes, sentOf }: WriteOptions,
): Promise<Written> {
  if (last?.deleted) return last;
  const db = await connection.openToWrite();
  const transaction = db.transaction(['calls', 'lines', 'sent'], 'readwrite');
  const ended = done(transaction);
  // Awaited at the end; until then its failure is nobody's surprise.
  ended.catch(() => undefined);
  const calls = transaction.objectStore('calls');
  const stored: unknown = await asked(calls.get(facts.id));
  const known = isStoredCall(stored) ? stored : null;
  // Thrown away meanwhile. What is merely damaged is written anew from what we know of it.
  if (last ? stored === undefined : facts.goesOn && !known)
    return { ...(last ?? nothingWritten(facts)), deleted: true };
  const { before, others, ...was } = last ?? { ...nothingWritten(facts), ...(await firstTime(calls, known)) };
  const first = before?.lines ?? 0;

  const sent = new Map<string, Sent>();
  for (const [index, line] of lines.entries()) {
    const of = line.kind === 'tool' && line !== was.lines[index] ? sentOf(line.id) : null;
    if (of) sent.set(line.id, of);
  }
  const sizes = lines.map((line, index) =>
    line === was.lines[index] ? was.sizes[index]! : sizeOf(line, sent.get(line.id)),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, before?.bytes ?? callBytes);
  if (others + bytes > hardBytes) {
    transaction.abort();
    throw new StoreError('full');
  }
  const store = transaction.objectStore('lines');
  // A clock that is set back makes no time pass backwards.
  const endedAt = Math.max(at, facts.startedAt);
  for (const [index, line] of lines.entries()) {
    if (line === was.lines[index]) continue;
    store.put({ callId: facts.id, place: first + index, line } satisfies StoredLine);
  }
  if (lines.length < was.lines.length) {
    const end = (length: number) => [facts.id, first + length];
    store.delete(IDBKeyRange.bound(end(lines.length), end(was.lines.length)));
  }
  if (sent.size > 0) await addSent(transaction.objectStore('sent'), facts.id, sent);
  calls.put(callOf(facts, lines, known, before, { endedAt, bytes, lines: first + lines.length }));
  try {
    await ended;
  } catch (error) {
    throw new StoreError(isQuota(error) ? 'full' : 'unavailable', error);
  }
  return { ...was, lines, sizes, before, others };
}

function nothingWritten({ id, startedAt }: CallFacts): Written {
  return { id, startedAt, lines: [], sizes: [], before: null, others: 0, deleted: false };
}

async function firstTime(
  calls: IDBObjectStore,
  before: StoredCall | null,
): Promise<Pick<Written, 'before' | 'others'>> {
  const all: unknown[] = await asked(calls.getAll());
  const others = all.filter(isStoredCall).filter(({ id }) => id !== before?.id);
  return { before, others: bytesOf(others) };
}

/** `known`: as it lies there now; the person may have named or pinned it meanwhile. */
function callOf(
  { id, startedAt, provider, model, usage, usd }: CallFacts,
  lines: readonly Line[],
  known: StoredCall | null,
  before: StoredCall | null,
  figures: Pick<StoredCall, 'endedAt' | 'bytes' | 'lines'>,
): StoredCall {
  const own = before?.title || titleOf(lines);
  return {
    id,
    startedAt: before?.startedAt ?? startedAt,
    title: known?.named ? known.title : own,
    named: known?.named ?? false,
    pinned: known?.pinned ?? false,
    toldAt: known?.toldAt ?? null,
    provider,
    model,
    usage: {
      inputTokens: usage.inputTokens + (before?.usage.inputTokens ?? 0),
      outputTokens: usage.outputTokens + (before?.usage.outputTokens ?? 0),
    },
    usd: before ? sumOf(usd, before.usd) : usd,
    ...(before ? { openMs: openMsOf(before) + figures.endedAt - startedAt } : {}),
    ...figures,
  };
}

/** A part without a price leaves no whole. */
function sumOf(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

/** Key, names of fields and what the database adds are about as much again as the smallest line. */
function sizeOf(line: Line, sent?: Sent): number {
  return JSON.stringify(line).length + 60 + (sent ? lengthOf(sent) : 0);
}

function isQuota(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'QuotaExceededError';
}
