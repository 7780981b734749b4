import { existsSync, readFileSync } from 'node:fs';

/** CPU time that a process has used, ms, in steps of 10; NaN where there is no /proc. */
export function cpuTimeMs(pid: number): number {
  const file = `/proc/${pid}/stat`;
  if (!existsSync(file)) return Number.NaN;
  // The name before it may hold anything, but ends with the last bracket. USER_HZ is 100 on every Linux of today.
  const fields = readFileSync(file, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}
