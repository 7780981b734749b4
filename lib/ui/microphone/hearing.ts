/** Asks for the microphone and shows its level until the person goes on. The sound stays in this page. */
import { openCapture, permissionState, type Capture } from './capture.ts';
import { createValue, type Value } from '../value.ts';
import { barHeight } from '../view/level.ts';
import type { MicrophoneStep } from '../view/microphone.ts';

/** How long to wait for a sound. */
const quietAfterMs = 4000;
/** Speech, not a fan: this height, in this many looks at the level (one a frame). */
const heardHeight = 0.4;
const heardLooks = 6;

export interface Hearing {
  step: Value<MicrophoneStep>;
  /** Height of the bar, 0 to 1. */
  height: Value<number>;
  ask(): Promise<void>;
  /** The microphone closes, and nothing opens it again. Harmless twice. */
  stop(): void;
}

/** Opens at once where it is allowed already, and as soon as it is allowed elsewhere. */
export function startHearing(open = openCapture, permission = permissionState): Hearing {
  const step = createValue<MicrophoneStep>('explain');
  const height = createValue(0);
  const gone = new AbortController();
  let capture: Capture | null = null;

  function listen(to: Capture): void {
    let looks = 0;
    const look = () => {
      if (gone.signal.aborted) return;
      const now = barHeight(to.level());
      height.set(now);
      if (now >= heardHeight) looks += 1;
      if (looks >= heardLooks) step.set('heard');
      requestAnimationFrame(look);
    };
    look();
    setTimeout(() => step.get() === 'testing' && step.set('quiet'), quietAfterMs);
  }

  async function ask(): Promise<void> {
    if (step.get() === 'asking' || capture || gone.signal.aborted) return;
    step.set('asking');
    const opened = await open();
    if (typeof opened === 'string') {
      step.set(opened);
      return;
    }
    // The person has gone on meanwhile.
    if (gone.signal.aborted) {
      opened.close();
      return;
    }
    capture = opened;
    step.set('testing');
    listen(opened);
  }

  async function followPermission(): Promise<void> {
    const status = await permission();
    const follow = () => {
      if (status.state === 'granted') void ask();
      else if (status.state === 'denied' && !capture) step.set('denied');
      else if (step.get() === 'denied') step.set('explain');
    };
    status.addEventListener('change', follow, { signal: gone.signal });
    if (status.state !== 'prompt') follow();
  }

  void followPermission();
  return {
    step,
    height,
    ask,
    stop() {
      gone.abort();
      capture?.close();
      capture = null;
    },
  };
}
