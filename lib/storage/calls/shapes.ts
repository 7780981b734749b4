/** Past calls as they lie in the browser's database, and the checks for what comes out of it. */
import type { Sent } from '../../protocol/messages.ts';
import type { Line, Quote, ToolSource, Usage } from '../../protocol/snapshot.ts';

/** Grows with every change of these shapes; `schema.ts` has the steps. */
export const schemaVersion = 2;

export interface StoredCall {
  id: string;
  /** Unix milliseconds. */
  startedAt: number;
  /** Of the last change, while it goes on. */
  endedAt: number;
  /** How long its parts took together, where it was gone on with. */
  openMs?: number;
  title: string;
  /** The person gave it this title. */
  named: boolean;
  /** Never goes by itself. */
  pinned: boolean;
  provider: string | null;
  model: string | null;
  lines: number;
  /** What its lines take, about. */
  bytes: number;
  usage: Usage;
  /** US dollars; null where no price is known. */
  usd: number | null;
  /** When the person was told that this one goes next; null: they were not. */
  toldAt: number | null;
}

/** A line at its place in the call, from 0. */
export interface StoredLine {
  callId: string;
  place: number;
  line: Line;
}

/** What the tool rows of a call sent to the model, by line id, oldest first. */
export interface StoredSent {
  callId: string;
  rows: Map<string, Sent>;
}

/** A call weighs this much without a line. */
export const callBytes = 1024;

export function isStoredCall(value: unknown): value is StoredCall {
  const call = fieldsOf<StoredCall>(value);
  const usage = fieldsOf<Usage>(call.usage);
  return (
    isText(call.id) &&
    isText(call.title) &&
    isAmount(call.startedAt) &&
    isAmount(call.endedAt) &&
    (call.openMs === undefined || isAmount(call.openMs)) &&
    isAmount(call.lines) &&
    isAmount(call.bytes) &&
    isAmount(usage.inputTokens) &&
    isAmount(usage.outputTokens) &&
    typeof call.named === 'boolean' &&
    typeof call.pinned === 'boolean' &&
    isNullOr(call.provider, isText) &&
    isNullOr(call.model, isText) &&
    isNullOr(call.usd, isAmount) &&
    isNullOr(call.toldAt, isAmount)
  );
}

/** Milliseconds, without what lies between its parts. */
export function openMsOf({ startedAt, endedAt, openMs }: Pick<StoredCall, 'startedAt' | 'endedAt' | 'openMs'>): number {
  return openMs ?? Math.max(0, endedAt - startedAt);
}

/** No calendar goes further: to draw a later one fails. */
const lastMoment = 8.64e15;

/** So much of a line as a view relies on. */
export function isStoredLine(value: unknown): value is StoredLine {
  const { callId, place, line } = fieldsOf<StoredLine>(value);
  const { kind, id, at, state, source, quote, heardChars, ...rest } = fieldsOf<Record<string, unknown>>(line);
  const words = kind === 'tool' ? rest['name'] : kind === 'person' || kind === 'assistant' ? rest['text'] : null;
  return (
    [callId, id, state, words].every(isText) &&
    [place, at].every(isAmount) &&
    Number(at) <= lastMoment &&
    (heardChars === undefined || isAmount(heardChars)) &&
    [source, quote].every((page) => page === undefined || isPage(page)) &&
    (quote === undefined || isText(fieldsOf<Quote>(quote).text))
  );
}

/** Rows that are damaged are left out. */
export function sentRowsOf(value: unknown): Map<string, Sent> {
  const { rows } = fieldsOf<StoredSent>(value);
  const isSent = ([id, sent]: [unknown, unknown]) => {
    const { output, image = '' } = fieldsOf<Sent>(sent);
    return [id, output, image].every(isText);
  };
  return new Map(rows instanceof Map ? [...rows].filter(isSent) : []);
}

function isPage(value: unknown): boolean {
  const { title, url } = fieldsOf<ToolSource>(value);
  return isText(title) && isText(url);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && Number.isFinite(value);
}

function isNullOr(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === null || check(value);
}

function fieldsOf<T>(value: unknown): Partial<T> {
  return typeof value === 'object' && value !== null ? value : {};
}
