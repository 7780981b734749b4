/** Does opening the popup begin a call? Pure. */
import type { Settings } from '../../protocol/settings.ts';
import { isActive } from '../../protocol/snapshot.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';

export function hasRelay({ relay }: Settings): boolean {
  return relay.url !== '' && relay.deviceToken !== '';
}

/**
 * Only when Parley answered: without an answer nobody knows whether a call is running. A call that was cut off comes first:
 * the person may want to go on with it.
 */
export function beginsCall(settings: Settings, answer: Snapshot | null): boolean {
  if (answer === null || answer.endReason === 'cut-off' || answer.fault?.code === 'host-stopped') return false;
  return settings.autoStart && hasRelay(settings) && !isActive(answer.phase);
}
