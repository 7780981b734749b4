/** The audit log as files that only their owner can read: the newest, and as many old ones as are kept. Node only. */
import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface AuditFileOptions {
  /** Default: 10 MB. */
  maxBytes?: number;
  /** Old ones beside the newest. Default: 9. */
  keep?: number;
}

/** Whole lines are in the file when it returns. Several processes may write to one. */
export function auditFile(
  directory: string,
  { maxBytes = 10 * 1024 * 1024, keep = 9 }: AuditFileOptions = {},
): (lines: string) => void {
  const file = join(directory, 'audit.jsonl');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const open = (): number => openSync(file, 'a', 0o600);
  let handle = open();
  return (lines) => {
    // Appended in one write, whole beside those of others.
    writeSync(handle, lines);
    const { size, ino } = fstatSync(handle);
    if (size < maxBytes) return;
    closeSync(handle);
    // Unless another process has turned the page already.
    if (statSync(file, { throwIfNoEntry: false })?.ino === ino) turn(file, keep);
    handle = open();
  };
}

function turn(file: string, keep: number): void {
  rmSync(`${file}.${keep}`, { force: true });
  for (let at = keep; at >= 1; at -= 1) {
    const from = at === 1 ? file : `${file}.${at - 1}`;
    if (statSync(from, { throwIfNoEntry: false })) renameSync(from, `${file}.${at}`);
  }
}
