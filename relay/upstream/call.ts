/** An offer with the whole session: `POST {base}/realtime/calls` as multipart (realtime-protocol, 1.2, form B). */
import type { PostAnswer } from './post.ts';
import { Refusal } from '../refusal.ts';
import type { SessionConfig } from '../session/session-config.ts';
import type { Question } from './ask.ts';
import { refusalFromAnswer } from './refusal.ts';

export interface Offer {
  sdp: string;
  /** The id of a data channel that both sides know beforehand. */
  dcid: number | undefined;
}

export interface Called {
  /** The provider's answer, untouched. */
  sdp: string;
  /** Null when the provider named none. */
  callId: string | null;
}

/** Asked once more only when the provider surely saw nothing: an offer that comes twice may open two calls. */
export function callQuestion(session: SessionConfig, { sdp, dcid }: Offer): Question {
  // Random, so that no offer can hold it.
  const boundary = `parley-${crypto.randomUUID()}`;
  const part = (name: string, type: string, value: string) =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Type: ${type}\r\n\r\n${value}\r\n`;
  return {
    path: `/realtime/calls${dcid === undefined ? '' : `?dcid=${dcid}`}`,
    contentType: `multipart/form-data; boundary=${boundary}`,
    accept: 'application/sdp',
    // The offer's own last line end stays: without it OpenAI calls it invalid.
    body: `${part('sdp', 'application/sdp', sdp)}${part('session', 'application/json', JSON.stringify(session))}--${boundary}--\r\n`,
    again: ['connect', 'connect-timeout'],
    againAt: [],
  };
}

/** Throws a `Refusal`. */
export function readCalled(answer: PostAnswer): Called {
  if (answer.status < 200 || answer.status > 299) throw refusalFromAnswer(answer);
  if ((answer.status !== 201 && answer.status !== 200) || !answer.body.startsWith('v=0')) {
    throw new Refusal(
      'upstream_error',
      'The provider answered with something that is not SDP. Check REALTIME_BASE_URL, or set REALTIME_CALLS=0.',
      { upstreamStatus: answer.status },
    );
  }
  const callId = /\/realtime\/calls\/([\w-]{1,128})$/.exec(answer.location ?? '')?.[1] ?? null;
  return { sdp: answer.body, callId };
}
