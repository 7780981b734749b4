/**
 * The promise, or the abort as it is: for what goes on when we give up (a grant that is somebody else's too), and for what
 * never ends then (a browser does not settle the promises of a closed RTCPeerConnection).
 */
export function unlessAborted<Value>(coming: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, reject } = Promise.withResolvers<never>();
  const giveUp = () => reject(signal.reason);
  if (signal.aborted) giveUp();
  signal.addEventListener('abort', giveUp, { once: true });
  return Promise.race([coming, promise]).finally(() => signal.removeEventListener('abort', giveUp));
}
