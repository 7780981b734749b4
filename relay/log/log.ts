/**
 * Structured log: one line an event, as JSON, or readable when a person watches.
 * What may be logged is a closed list of fields; there is none for a token, a secret, an SDP or a text. The scrubber
 * behind it is the second lock, for what an exception or the engine may carry.
 */
import { shortAddress } from '../address.ts';

export interface LogFields {
  requestId?: string;
  method?: string;
  /** A known route, or `other`: a path may carry anything. */
  route?: string;
  status?: number;
  /** Our code for a refusal, or the name and code of an unexpected error. */
  code?: string;
  ms?: number;
  /** Device id: random, not the token. */
  device?: string;
  /** Id of the person: random, not the name. */
  person?: string;
  /** Full address; shortened here to /24 or /48. */
  address?: string;
  provider?: string;
  upstreamStatus?: number;
  /** Behind a refusal: the provider's error code, the system's or ours. */
  reason?: string;
  /** Of a WebSocket through the relay: how much text passed, up to the provider and down to the client. */
  bytesUp?: number;
  bytesDown?: number;
  /** Of a call that ended: what it cost at list prices, millionths of a dollar. */
  microUsd?: number;
  /** Where an unexpected error came from: `file:line`. */
  where?: string;
  url?: string;
  /** Our own words, or a line of the local engine. */
  message?: string;
}

export type LogLevel = 'info' | 'warn' | 'error';

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export interface LogOptions {
  write: (line: string) => void;
  /** For a terminal. Default: JSON. */
  readable?: boolean;
  /** Gets, as JSON, who asked for what and what became of it: the events of `audited`. */
  audit?: (line: string) => void;
  now?: () => Date;
}

const audited = new Set(['request', 'socket', 'call', 'call-over', 'moderation', 'admin']);

export function createLog({ write, readable = false, audit, now = () => new Date() }: LogOptions): Log {
  const by =
    (level: LogLevel) =>
    (event: string, fields: LogFields = {}) => {
      const at = now();
      const cleaned = clean(fields);
      const kept = audit && audited.has(event);
      const json = kept || !readable ? jsonLine(at, level, event, cleaned) : '';
      write(readable ? readableLine(at, level, event, cleaned) : json);
      if (kept) audit(json);
    };
  return { info: by('info'), warn: by('warn'), error: by('error') };
}

/** The name, code and first place of an error; its message may quote what a client sent. */
export function errorFields(error: unknown): Pick<LogFields, 'code' | 'where'> {
  if (!(error instanceof Error)) return { code: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
  const where = /^\s+at .*?([^/\\\s()]+:\d+):\d+\)?$/m.exec(error.stack ?? '')?.[1];
  return where === undefined ? { code } : { code, where };
}

const secretShapes = [
  /\b(?:sk|ek)[-_][A-Za-z0-9._-]{4,}/g,
  /\b(?:parley|sealed)_[A-Za-z0-9_-]{8,}/g,
  /\bBearer\s+\S+/gi,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9._-]+/g,
];

export function scrub(text: string): string {
  let clear = text.replaceAll(/[\r\n]+/g, ' ');
  for (const shape of secretShapes) clear = clear.replaceAll(shape, '[secret]');
  return clear.slice(0, 500);
}

function clean(fields: LogFields): Record<string, string | number> {
  const out: Record<string, string | number> = {};
  for (const [name, value] of Object.entries(fields) as [string, string | number | undefined][]) {
    if (value === undefined) continue;
    if (typeof value === 'number') out[name] = value;
    else out[name] = name === 'address' ? shortAddress(value) : scrub(value);
  }
  return out;
}

function jsonLine(at: Date, level: LogLevel, event: string, fields: Record<string, string | number>): string {
  return JSON.stringify({ at: at.toISOString(), level, event, ...fields });
}

function readableLine(at: Date, level: LogLevel, event: string, fields: Record<string, string | number>): string {
  const { message, ...rest } = fields;
  const pairs = Object.entries(rest).map(([name, value]) => `${name}=${value}`);
  const head = `${at.toISOString().slice(11, 19)} ${level === 'info' ? '' : `${level.toUpperCase()} `}${event}`;
  return [head, message, ...pairs].filter((part) => part !== undefined).join('  ');
}
