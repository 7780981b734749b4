/** What the host has to tell of itself: to the console, and its last lines to whoever asks for diagnostics. */
import { masked } from '../protocol/masked.ts';
import { watchUncaught } from '../protocol/uncaught.ts';

/** A call that comes up the hard way leaves some ten of them. */
const mostLines = 200;

export interface Log {
  /** Never words of the person, the assistant or a page; what an error says is masked before it is remembered. */
  write(line: string): void;
  /** Oldest first, each with its time of day in UTC. */
  lines(): string[];
}

export function createLog(say: (line: string) => void = console.info, now: () => number = Date.now): Log {
  let lines: string[] = [];
  return {
    write(line) {
      say(`parley: ${line}`);
      lines = [...lines, `${new Date(now()).toISOString().slice(11, 23)} ${masked(line)}`].slice(-mostLines);
    },
    lines: () => lines,
  };
}

/** With every error of this document that nobody caught: what goes on behind it is proved by the call's own watches. */
export function openLog(): Log {
  const log = createLog();
  watchUncaught(log.write);
  return log;
}
