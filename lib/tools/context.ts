/** The powers of one tool at work, within what its turn allows. */
import type { PageRefusal } from '../protocol/messages.ts';
import type { Place, ToolFault } from '../protocol/snapshot.ts';
import type { PagePowers } from '../protocol/tool-room.ts';
import { judgePage } from './judge-page.ts';
import type { KeptReads } from './reads.ts';
import type { ToolContext } from './tool.ts';
import type { Turn } from './turn.ts';

export interface ContextParts {
  powers: PagePowers;
  kept: KeptReads;
  /** Ids that `tabs` has handed out in this call. */
  listed: Set<number>;
  turn: Turn;
  /** Of this tool: what comes after it is dropped. */
  signal: AbortSignal;
  deadlineMs: number;
}

export function openContext({ powers, kept, listed, turn, signal, deadlineMs }: ContextParts): ToolContext {
  const settle = <T extends { ok: true }>(ask: () => Promise<T | PageRefusal>) => inTime(ask, deadlineMs);

  /** `bound`: of the turn's site only. */
  async function reading<T extends { ok: true; place: Place }>(ask: () => Promise<T | PageRefusal>, bound: boolean) {
    if (!turn.mayRead) return refused('too-much-read');
    const found = await settle(ask);
    if (signal.aborted) return refused('interrupted');
    turn.read();
    return found.ok && bound && !turn.allows(found.place.origin) ? refused('other-site') : found;
  }

  return {
    kept,
    async read(tab) {
      if (tab !== undefined && !listed.has(tab)) return { ...refused('tab-not-granted'), problem: 'not in list_tabs' };
      const judged = judgePage(await reading(() => powers.read(tab), tab === undefined));
      if (judged.ok) kept.keep(judged.read);
      return judged;
    },
    look: () => reading(() => powers.look(), true),
    point: (place, quote) => settle(() => powers.point(place, quote)),
    async tabs() {
      const found = await settle(() => powers.tabs());
      if (found.ok && !signal.aborted) for (const { id } of found.tabs) listed.add(id);
      return found;
    },
  };
}

function refused(fault: ToolFault): PageRefusal {
  return { ok: false, fault };
}

/** The powers have deadlines of their own; the worker that keeps them may be gone. */
async function inTime<T>(ask: () => Promise<T | PageRefusal>, ms: number): Promise<T | PageRefusal> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<PageRefusal>((resolve) => {
    timer = setTimeout(() => resolve(refused('timed-out')), ms);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return refused('failed');
  } finally {
    clearTimeout(timer);
  }
}
