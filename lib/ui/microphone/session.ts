/** The page's course: ask, tell the coordinator, test the level, close. */
import { browser } from 'wxt/browser';
import { sendIntent } from '../../link/request.ts';
import { createValue, type Value } from '../value.ts';
import { barHeight } from '../view/level.ts';
import type { MicrophoneAnswer } from '../../protocol/snapshot.ts';
import type { MicrophoneStep } from '../view/microphone.ts';
import { openCapture, permissionState, type Capture } from './capture.ts';

/** Long enough to read "I hear you". */
const closeAfterHeardMs = 1500;
/** How long to wait for a sound. */
const closeAfterGrantMs = 4000;
/** Speech, not a fan: this height, in this many looks at the level (one a frame). */
const heardHeight = 0.4;
const heardLooks = 6;

export interface MicrophoneSession {
  step: Value<MicrophoneStep>;
  /** Height of the bar, 0 to 1. */
  height: Value<number>;
  ask(): Promise<void>;
  close(): Promise<void>;
}

async function closeTab(): Promise<void> {
  const tab = await browser.tabs.getCurrent();
  if (tab?.id !== undefined) await browser.tabs.remove(tab.id);
}

/** `forCall`: a call waits for the answer, so the page must not linger. */
export function startMicrophoneSession(forCall: boolean): MicrophoneSession {
  const step = createValue<MicrophoneStep>('explain');
  const height = createValue(0);
  let capture: Capture | null = null;
  let told: MicrophoneAnswer | null = null;

  const tell = (answer: MicrophoneAnswer) => {
    if (told === answer) return;
    told = answer;
    // Nobody may be waiting (the page was opened from the options): then there is nothing to answer.
    sendIntent({ type: 'microphone-answer', answer }).catch(() => undefined);
  };
  const stop = () => {
    capture?.close();
    capture = null;
  };
  const close = async () => {
    stop();
    await closeTab();
  };

  function listen(open: Capture): void {
    let looks = 0;
    const look = () => {
      if (capture !== open) return;
      const now = barHeight(open.level());
      height.set(now);
      if (now >= heardHeight) looks += 1;
      if (looks >= heardLooks && step.get() !== 'heard') {
        step.set('heard');
        setTimeout(() => void close(), closeAfterHeardMs);
      }
      requestAnimationFrame(look);
    };
    look();
    setTimeout(() => {
      if (capture !== open || step.get() === 'heard') return;
      if (forCall) void close();
      else step.set('quiet');
    }, closeAfterGrantMs);
  }

  async function ask(): Promise<void> {
    if (step.get() === 'asking' || capture) return;
    step.set('asking');
    const opened = await openCapture();
    if (typeof opened === 'string') {
      tell(opened);
      step.set(opened);
      return;
    }
    capture = opened;
    tell('granted');
    step.set('testing');
    listen(opened);
  }

  async function followPermission(): Promise<void> {
    const status = await permissionState();
    const follow = () => {
      if (status.state === 'granted') void ask();
      else if (status.state === 'denied' && !capture) {
        tell('denied');
        step.set('denied');
      } else if (step.get() === 'denied') step.set('explain');
    };
    status.addEventListener('change', follow);
    if (status.state !== 'prompt') follow();
  }

  void followPermission();
  window.addEventListener('pagehide', () => {
    stop();
    // Closed without an answer: the call must not wait for one.
    if (!told) tell('dismissed');
  });
  return { step, height, ask, close };
}
