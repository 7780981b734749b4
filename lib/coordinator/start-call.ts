/** Beginning a call, or preparing one: what makes a document to hold it. */
import { sendCommand } from '../link/request.ts';
import type { Command } from '../protocol/messages.ts';
import { isActive, type Line, type Snapshot } from '../protocol/snapshot.ts';
import { readConsent } from '../storage/consent.ts';
import { readSettings } from '../storage/settings.ts';
import { ensureHost, inTurn, retireHost } from './host-document.ts';
import { requireConsent } from './own-pages.ts';
import { planCall } from './plan.ts';
import { currentSnapshot, snapshotFrom } from './running-call.ts';

/**
 * `say`: typed words to begin with. `talking`: the talk key is down already. `resume`: the kept call to go on with. Rejects
 * where the person has not agreed, and where the kept call cannot be read
 * and `lines` are none of it either.
 */
export function startCall(
  microphone: boolean,
  first: { say?: string; talking?: boolean; resume?: string; lines?: Line[] } = {},
): Promise<Snapshot> {
  return inTurn(async () => {
    await requireConsent();
    const plan = await planCall(microphone);
    await ensureHost();
    const command: Command = { type: 'start', plan, ...first };
    try {
      return snapshotFrom(await sendCommand(command));
    } catch (error) {
      // No document stays for a call that did not begin.
      await retireHost();
      throw error;
    }
  });
}

/** Nobody asked for it by name, so a failure is nobody's business: the call itself will tell. */
export function warmUp(): Promise<void> {
  return inTurn(async () => {
    try {
      const { warmUp: wanted, relay } = await readSettings();
      const { phase } = await currentSnapshot();
      if (!wanted || !relay.url || !relay.deviceToken || isActive(phase)) return;
      if ((await readConsent()) === null) return;
      const plan = await planCall(true);
      await ensureHost();
      await sendCommand({ type: 'warm', plan });
    } catch (error) {
      console.info('parley: not warmed up', error);
    }
  });
}
