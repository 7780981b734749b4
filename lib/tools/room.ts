/** The tools of one call: what they may do, one at a time, and what the call has read so far. */
import type { ToolOutcome } from '../protocol/messages.ts';
import type { PagePowers, ToolRoom } from '../protocol/tool-room.ts';
import { parseArguments } from './arguments.ts';
import { openContext } from './context.ts';
import { tools } from './index.ts';
import { bytesOf, failure, outcomeOf } from './outcome.ts';
import { pageOutline } from './page-outline.ts';
import { pointAt } from './point-at.ts';
import { KeptReads } from './reads.ts';
import type { Tool } from './tool.ts';
import { Turn } from './turn.ts';

export interface RoomOptions {
  /** For each use of a power, beside its own deadline. */
  deadlineMs?: number;
}

/** Behind the one that runs. */
const mostWaiting = 4;

export function openToolRoom(powers: PagePowers, { deadlineMs = 5000 }: RoomOptions = {}): ToolRoom {
  const kept = new KeptReads();
  const listed = new Set<number>();
  let turn = new Turn();
  let inHand = 0;
  let allBefore: Promise<unknown> = Promise.resolve();

  async function use(tool: Tool, args: unknown, of: Turn, signal: AbortSignal): Promise<ToolOutcome> {
    if (signal.aborted) return interrupted();
    try {
      const context = openContext({ powers, kept, listed, turn: of, signal, deadlineMs });
      const outcome = outcomeOf(await tool.run(args, context), of.bytesLeft);
      if (!outcome.fault && !signal.aborted) of.send(bytesOf(outcome));
      return outcome;
    } catch {
      return failure('failed');
    }
  }

  /** One tool at a time; those behind wait. */
  function queue(work: () => Promise<ToolOutcome>, signal: AbortSignal): Promise<ToolOutcome> {
    if (inHand > mostWaiting) return Promise.resolve(failure('too-much-read'));
    inHand += 1;
    const outcome = unlessAborted(allBefore.then(work), signal);
    const done = outcome.then(() => (inHand -= 1));
    // An aborted one is done before those ahead of it. What they brought is not held on to.
    allBefore = Promise.all([allBefore, done]).then(() => undefined);
    return outcome;
  }

  async function run(name: string, argumentsText: string, signal: AbortSignal): Promise<ToolOutcome> {
    const of = turn;
    if (!of.call()) return { ...failure('too-much-read'), last: true };
    const tool = tools.find((candidate) => candidate.name === name);
    if (!tool) return failure('unknown-tool');
    const args = parseArguments(tool.parameters, argumentsText);
    if (!args.ok) return failure('invalid-arguments', args.problem);
    return queue(() => use(tool, args.value, of, signal), signal);
  }

  return {
    async run(name, argumentsText, signal) {
      const outcome = await run(name, argumentsText, signal);
      return name === pointAt.name ? { ...outcome, quiet: true } : outcome;
    },
    async digest(signal) {
      const outcome = await queue(() => use(pageOutline, {}, new Turn(), signal), signal);
      return outcome.fault ? null : outcome;
    },
    newTurn() {
      turn = new Turn();
    },
  };
}

function interrupted(): ToolOutcome {
  return { ...failure('interrupted'), last: true };
}

async function unlessAborted(work: Promise<ToolOutcome>, signal: AbortSignal): Promise<ToolOutcome> {
  if (signal.aborted) return interrupted();
  let stop = () => {};
  const stopped = new Promise<ToolOutcome>((resolve) => {
    stop = () => resolve(interrupted());
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
