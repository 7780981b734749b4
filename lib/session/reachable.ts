/** Is the relay there again? A try costs a grant, and hangs where its first packet is lost; a look costs nothing. */
import { FaultError } from '../protocol/faults.ts';
import { discreet } from '../transport/post.ts';
import { relayBase, type RelayAddress } from '../transport/relay-address.ts';
import { unlessAborted } from '../transport/unless-aborted.ts';

/** After a look that found nobody. */
const failedMs = 300;
/** A look without an answer stays, and has another beside it: over a connection of its own, which is not stuck. */
const hungMs = 1500;
/** No more of them than a browser has connections to one server. */
const deadlineMs = 7000;

/** Resolves when anything answers there. Throws a FaultError `relay-unreachable`; the abort is thrown as it is. */
export async function untilReachable(relay: RelayAddress, signal: AbortSignal): Promise<void> {
  const url = `${relayBase(relay)}/healthz`;
  const over = new AbortController();
  const until = AbortSignal.any([signal, over.signal, AbortSignal.timeout(deadlineMs)]);
  const reached = Promise.withResolvers<true>();
  const look = () =>
    fetch(url, { ...discreet, mode: 'no-cors', signal: until }).then(
      () => reached.resolve(true),
      () => pause(failedMs),
    );
  try {
    while (!(await unlessAborted(Promise.race([reached.promise, look(), pause(hungMs)]), until)));
  } catch {
    signal.throwIfAborted();
    throw new FaultError('relay-unreachable', 'nobody answers');
  } finally {
    over.abort();
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
