/** What a page's main thread does between two of its own marks, from the browser's trace. */

/** As the browser writes them: microseconds; `tdur` without the times in which the thread did not run. */
export interface TraceEvent {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
}

export const traceCategories = ['toplevel', 'blink.user_timing'];

/** Milliseconds: by the clock, and of the processor. */
export interface Spent {
  wall: number;
  cpu: number;
}

interface Task {
  from: number;
  to: number;
  cpu: number;
}

/** For each mark `from`, all tasks from the one that sets it until the one that sets the next mark `until`, without it. */
export function workBetween(events: readonly TraceEvent[], from: string, until: string): Spent[] {
  const marks = events.filter(({ name }) => name === from || name === until).toSorted((a, b) => a.ts - b.ts);
  const thread = marks[0];
  const tasks = thread ? tasksOf(events, thread) : [];
  const around = (at: number) => tasks.findIndex((task) => task.from <= at && at <= task.to);
  const spent: Spent[] = [];
  let begin: number | null = null;
  for (const { name, ts } of marks) {
    if (name === from) begin ??= around(ts);
    else if (begin !== null) {
      const done = tasks.slice(begin, around(ts));
      spent.push({ wall: sum(done.map((task) => task.to - task.from)), cpu: sum(done.map(({ cpu }) => cpu)) });
      begin = null;
    }
  }
  return spent;
}

/** In their order; those within another, as in a nested loop, belong to it. */
function tasksOf(events: readonly TraceEvent[], { pid, tid }: TraceEvent): Task[] {
  const tasks: Task[] = [];
  const own = events.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X' && isTask(event));
  for (const { ts, dur = 0, tdur } of own.toSorted((a, b) => a.ts - b.ts)) {
    if (ts < (tasks.at(-1)?.to ?? -Infinity)) continue;
    tasks.push({ from: ts, to: ts + dur, cpu: tdur ?? dur });
  }
  return tasks;
}

function isTask({ name }: TraceEvent): boolean {
  return name === 'ThreadControllerImpl::RunTask';
}

function sum(microseconds: number[]): number {
  return microseconds.reduce((total, each) => total + each, 0) / 1000;
}
