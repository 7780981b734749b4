/** A voice is heard in the options: the host speaks, because sound and network belong to it. */
import { sendCommand } from '../link/request.ts';
import type { SampleEnd } from '../protocol/messages.ts';
import { ensureHost, hostExists, inTurn } from './host-document.ts';
import { planCall } from './plan.ts';

/** Longer than the host's own deadline, so that its answer names what was wrong. */
const endDeadlineMs = 25_000;

/** Resolves when it is over; the document goes by itself then. */
export async function playVoiceSample(voice: string): Promise<SampleEnd> {
  const begun = await inTurn(async () => {
    const plan = { ...(await planCall(false)), voice };
    await ensureHost();
    return sendCommand({ type: 'voice-sample', plan });
  });
  if (begun !== true) return 'in-call';
  // Not in turn: a call may be begun meanwhile, which silences it.
  return (await sendCommand({ type: 'voice-sample-end' }, endDeadlineMs)) as SampleEnd;
}

export async function stopVoiceSample(): Promise<void> {
  if (await hostExists()) await sendCommand({ type: 'voice-sample-stop' });
}
