/** A failed resume never settles, so the state is what counts. */
const tryEveryMs = 500;
const tries = 3;

/**
 * Wakes a sound context that the browser has halted: when the system slept, or its sound failed. `stopped`: it was closed,
 * or three tries have not helped. Returns the way to let it be.
 */
export function keepRunning(context: AudioContext, stopped: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const revive = (left: number) => {
    clearTimeout(timer);
    if (context.state === 'running') return;
    if (left === 0 || context.state === 'closed') return stopped();
    context.resume().catch(() => undefined);
    timer = setTimeout(() => revive(left - 1), tryEveryMs);
  };
  const look = () => revive(tries);
  context.addEventListener('statechange', look);
  look();
  return () => {
    clearTimeout(timer);
    context.removeEventListener('statechange', look);
  };
}
