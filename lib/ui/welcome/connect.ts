/** Ways to a relay that works: what is right is kept, what is wrong is named. */
import { sendIntent } from '../../link/request.ts';
import { faultOf, type Fault } from '../../protocol/faults.ts';
import type { RelayReport } from '../../protocol/messages.ts';
import type { PairAnswer, PairRefusal, PairRequest } from '../../protocol/pairing.ts';
import type { Settings } from '../../protocol/settings.ts';
import { writeSettings } from '../../storage/settings.ts';
import { deviceName, type PairLink } from './pair-link.ts';

type Relay = Settings['relay'];

/** `kept`: address and token are in the settings now. */
export type Outcome = { report: RelayReport; kept: true } | { fault: Fault; kept: boolean } | { refused: PairRefusal };

export interface Powers {
  test(relay: Relay): Promise<{ report: RelayReport } | { fault: Fault }>;
  keep(relay: Relay): Promise<unknown>;
  pair(request: PairRequest): Promise<PairAnswer | { fault: Fault }>;
}

/** Longer than the coordinator waits for the host, and that longer than the host for the relay. */
const pairDeadlineMs = 15_000;

const powers: Powers = {
  async test({ url, deviceToken }) {
    try {
      // The coordinator validated the relay's answer; a fault was thrown instead of anything else.
      return { report: (await sendIntent({ type: 'test-relay', relayUrl: url, deviceToken })) as RelayReport };
    } catch (error) {
      return { fault: faultOf(error) };
    }
  },
  keep: (relay) => writeSettings({ relay }),
  async pair(request) {
    try {
      // Its shape was checked where it came in.
      return (await sendIntent({ type: 'pair', ...request }, pairDeadlineMs)) as PairAnswer;
    } catch (error) {
      return { fault: faultOf(error) };
    }
  },
};

/** Kept only when the relay let us in: a mistyped token must not take the place of a good one. */
export async function connectByToken(relay: Relay, { test, keep } = powers): Promise<Outcome> {
  const tested = await test(relay);
  if ('fault' in tested && !letIn(tested.fault)) return { fault: tested.fault, kept: false };
  await keep(relay);
  return { ...tested, kept: true };
}

/** The token is kept before anything else: its code works only once. */
export async function connectByCode(
  { relayUrl, code }: PairLink,
  { test, keep, pair: askForToken } = powers,
): Promise<Outcome> {
  const answer = await askForToken({ relayUrl, code, name: deviceName(navigator.userAgent) });
  if ('refused' in answer) return answer;
  if ('fault' in answer) return { fault: answer.fault, kept: false };
  const relay = { url: relayUrl, deviceToken: answer.deviceToken };
  await keep(relay);
  return { ...(await test(relay)), kept: true };
}

/** What the provider refuses, the relay asked for us. */
function letIn({ code }: Fault): boolean {
  return code.startsWith('provider-');
}
