/** What a row of the transcript can be asked for, in a call that runs and after it. */
import { sendCommand } from '../link/request.ts';
import type { QuoteShown, Sent } from '../protocol/messages.ts';
import { isActive } from '../protocol/snapshot.ts';
import { hostExists } from './host-document.ts';
import { isSent, lastSent } from './last-call.ts';
import { showQuote } from './marks.ts';
import { currentSnapshot } from './running-call.ts';

export async function showAgain(lineId: string): Promise<QuoteShown> {
  const { lines } = await currentSnapshot();
  const line = lines.find(({ id }) => id === lineId);
  return line?.kind === 'tool' && line.quote ? showQuote(line.quote) : { shown: false, url: null };
}

/** Null: not kept any more. */
export async function sentOf(lineId: string): Promise<Sent | null> {
  const sent = (await hostExists()) ? await sendCommand({ type: 'sent', lineId }).catch(() => null) : null;
  if (isSent(sent)) return { output: sent.output, ...(sent.image && { image: sent.image }) };
  // What is kept is the last call's; in one that runs a line may have the same id.
  return isActive((await currentSnapshot()).phase) ? null : lastSent(lineId);
}
