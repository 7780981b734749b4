/** The page's course: ask, tell the coordinator, test the level, close. */
import { sendIntent } from '../../link/request.ts';
import type { MicrophoneAnswer } from '../../protocol/snapshot.ts';
import { closeTab } from '../parts/close-tab.ts';
import type { MicrophoneStep } from '../view/microphone.ts';
import { startHearing, type Hearing } from './hearing.ts';

/** Long enough to read "I hear you". */
const closeAfterHeardMs = 1500;

/** What a step tells the call that waits. */
const answers: Partial<Record<MicrophoneStep, MicrophoneAnswer>> = {
  testing: 'granted',
  denied: 'denied',
  dismissed: 'dismissed',
  missing: 'missing',
  busy: 'busy',
};

export interface MicrophoneSession extends Omit<Hearing, 'stop'> {
  close(): Promise<void>;
}

/** `forCall`: a call waits for the answer, so the page must not linger. */
export function startMicrophoneSession(forCall: boolean): MicrophoneSession {
  const hearing = startHearing();
  let told: MicrophoneAnswer | null = null;

  const tell = (answer: MicrophoneAnswer) => {
    if (told === answer) return;
    told = answer;
    // Nobody may be waiting (the page was opened from the options): then there is nothing to answer.
    sendIntent({ type: 'microphone-answer', answer }).catch(() => undefined);
  };
  const close = async () => {
    hearing.stop();
    await closeTab();
  };

  hearing.step.watch((step) => {
    const answer = answers[step];
    if (answer) tell(answer);
    if (step === 'heard') setTimeout(() => void close(), closeAfterHeardMs);
    if (step === 'quiet' && forCall) void close();
  });
  window.addEventListener('pagehide', () => {
    hearing.stop();
    // Closed without an answer: the call must not wait for one.
    if (!told) tell('dismissed');
  });
  return { step: hearing.step, height: hearing.height, ask: hearing.ask, close };
}
