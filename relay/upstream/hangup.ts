/** The end of a call: `POST {base}/realtime/calls/{id}/hangup` (realtime-protocol, 1.3). */
import type { PostAnswer } from './post.ts';
import type { Question } from './ask.ts';
import { refusalFromAnswer } from './refusal.ts';

/** A second time does no harm. */
export function hangUpQuestion(callId: string): Question {
  return {
    path: `/realtime/calls/${encodeURIComponent(callId)}/hangup`,
    contentType: 'application/json',
    accept: 'application/json',
    body: '',
    again: ['connect', 'connect-timeout', 'stale', 'broken'],
    againAt: [502, 503],
  };
}

/** A call that is not there any more has been ended too. Throws a `Refusal`. */
export function readHungUp(answer: PostAnswer): void {
  if (answer.status >= 200 && answer.status <= 299) return;
  const refusal = refusalFromAnswer(answer);
  const gone = (answer.status === 400 || answer.status === 404) && refusal.extras.reason === 'call_id_not_found';
  if (!gone) throw refusal;
}
