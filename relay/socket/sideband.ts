/**
 * Listens to a call that does not run through the relay: a second connection to it, which only the relay's own key opens
 * (realtime-protocol, 1.4). Says nothing; what it hears is what the call costs, and its end is how the relay learns of it.
 */
import type { Watch, WatchListener } from '../calls/call-book.ts';
import { Refusal } from '../refusal.ts';
import { keyHeaders, type UpstreamAddress } from '../upstream/ask.ts';
import { watch as watchLife } from './bridge.ts';
import { dial } from './dial.ts';

/** A call is not known everywhere at once; and a line may break while the call goes on. */
const pausesMs = [250, 1000, 3000, 8000];

export interface SidebandOptions extends Pick<UpstreamAddress, 'baseUrl' | 'key' | 'keyHeader'> {
  timeoutMs?: number;
  pingMs?: number;
  pauses?: readonly number[];
}

export function sidebands(options: SidebandOptions): Watch {
  return (callId, listener) => {
    const over = new AbortController();
    void listen(callId, listener, options, over.signal);
    return () => over.abort();
  };
}

async function listen(
  callId: string,
  { onSight, onText, onEnd }: WatchListener,
  options: SidebandOptions,
  over: AbortSignal,
): Promise<void> {
  const { baseUrl, timeoutMs = 5000, pingMs = 20_000, pauses = pausesMs } = options;
  const url = `${baseUrl.replace(/^http/, 'ws')}/realtime?call_id=${encodeURIComponent(callId)}`;
  let heard = false;
  for (let failures = 0; !over.aborted;) {
    try {
      const socket = await dial({ url, headers: keyHeaders(options), timeoutMs, signal: over });
      failures = 0;
      heard = true;
      onSight(true);
      const stop = watchLife(socket, pingMs);
      const leave = (): void => socket.close(1000);
      over.addEventListener('abort', leave, { once: true });
      await new Promise<void>((resolve) => {
        socket.on('message', (text: Buffer, isBinary) => isBinary || onText(text));
        socket.once('close', () => resolve());
        socket.resume();
        if (over.aborted) leave();
      });
      stop();
      onSight(false);
      over.removeEventListener('abort', leave);
    } catch (error) {
      // A call that was there and is not known any more has ended.
      const gone = error instanceof Refusal && error.extras.upstreamStatus === 404;
      if (heard && gone && !over.aborted) onEnd();
      failures += 1;
      if ((heard && gone) || failures > pauses.length) return;
    }
    if (!over.aborted) await pause(pauses[Math.max(0, failures - 1)] ?? 0, over);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
}
