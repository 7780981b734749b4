/** Popup, panels and pages may be open at once: one of them reads out, or everything would be heard twice. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const lock = 'parley-reads-out';

/** True while this view is the one: the one with the focus, or the first of those in sight. */
export function useSoleVoice(): RefObject<boolean> {
  const isOurs = useRef(false);
  useEffect(() => {
    const gone = new AbortController();
    let letGo = () => {};
    let waits = false;
    const hold = () =>
      new Promise<void>((resolve) => {
        isOurs.current = true;
        letGo = resolve;
      });
    const claim = async (steal: boolean) => {
      waits = true;
      const mayHold = () => !document.hidden && !gone.signal.aborted && !isOurs.current;
      await navigator.locks
        .request(lock, { steal }, () => {
          waits = false;
          return mayHold() ? hold() : undefined;
        })
        .catch(() => undefined);
      isOurs.current = false;
      // Taken by the view that has the focus: ours again when that one is closed.
      if (mayHold() && !waits) void claim(false);
    };
    const inSight = () => {
      if (document.hidden) letGo();
      else if (!isOurs.current && !waits) void claim(false);
    };
    const focused = () => !isOurs.current && void claim(true);
    window.addEventListener('focus', focused, { signal: gone.signal });
    document.addEventListener('visibilitychange', inSight, { signal: gone.signal });
    if (document.hasFocus()) focused();
    else inSight();
    return () => {
      gone.abort();
      letGo();
    };
  }, []);
  return isOurs;
}
