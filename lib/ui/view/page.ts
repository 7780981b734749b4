/** The page in view, as its chip shows it and as it can be asked about. Pure. */
import type { PageSeen } from '../../protocol/messages.ts';
import { isActive, type Snapshot } from '../../protocol/snapshot.ts';

const longestHost = 60;

/** The end of a host says whose it is, so a long one loses its beginning. */
export function endOfHost(host: string): string {
  return host.length > longestHost ? `…${host.slice(-longestHost)}` : host;
}

/** Changes with what a call may read: it begins, it ends, a tool has read or was refused. */
export function reachOf({ phase, lines }: Pick<Snapshot, 'phase' | 'lines'>): string {
  const last = lines.findLast(({ kind }) => kind === 'tool');
  return `${isActive(phase)} ${last?.id} ${last?.kind === 'tool' ? last.state : ''}`;
}

export type Starter = 'selection' | 'summary' | 'about' | 'able';

/** What fits the page, best first; null: not known yet. Where no click can help, nothing is offered that needs the page. */
export function startersFor(page: Pick<PageSeen, 'reads' | 'hasSelection'> | null): Starter[] {
  if (!page || page.reads === 'never' || page.reads === 'cannot') return ['able'];
  return page.hasSelection ? ['selection', 'summary', 'about'] : ['summary', 'about', 'able'];
}
