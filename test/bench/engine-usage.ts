/** What a process costs, from Linux' /proc. */
import { readFileSync } from 'node:fs';

/** The kernel's clock of CPU time; 100 Hz on every Linux that Node runs on. */
const TICKS_PER_S = 100;
/** `utime` and `stime` among the fields after the program's name. */
const [USER_TIME, SYSTEM_TIME] = [11, 12];
const SAMPLE_MS = 250;

function statusOf(pid: number, field: RegExp): number {
  return Number(field.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
}

/** Resident memory, MiB. */
export const memoryOf = (pid: number): number => statusOf(pid, /^VmRSS:\s+(\d+) kB/m);

/** The most it ever was, MiB. */
export const memoryPeakOf = (pid: number): number => statusOf(pid, /^VmHWM:\s+(\d+) kB/m);

/** CPU time used since it began, all threads, ms. */
export function cpuOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  // The name, in brackets, may hold anything.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return ((Number(fields[USER_TIME]) + Number(fields[SYSTEM_TIME])) * 1000) / TICKS_PER_S;
}

/** Watches until `stop`, which tells the most memory seen (MiB) and the CPU used as a share of one core (%). */
export function watchUsage(pid: number): () => { memory: number; cpu: number } {
  const [began, used] = [performance.now(), cpuOf(pid)];
  let memory = memoryOf(pid);
  const look = (): void => {
    memory = Math.max(memory, memoryOf(pid));
  };
  const timer = setInterval(look, SAMPLE_MS);
  return () => {
    clearInterval(timer);
    look();
    return { memory, cpu: ((cpuOf(pid) - used) / (performance.now() - began)) * 100 };
  };
}
