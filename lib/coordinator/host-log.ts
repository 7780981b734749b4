/** What the host has logged, for the diagnostics. */
import { sendCommand } from '../link/request.ts';
import { hostExists } from './host-document.ts';
import { isLog, lastLog } from './last-call.ts';

/** Of the one that is there, or of the last. A host that does not answer may be the very thing that is looked for. */
export async function hostLog(): Promise<string[]> {
  if (!(await hostExists())) return lastLog();
  const lines = await sendCommand({ type: 'log' }, 1_000).catch(() => null);
  return isLog(lines) ? [...lines, 'the call document is open'] : ['the call document is open and does not answer'];
}
