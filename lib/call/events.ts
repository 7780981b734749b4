/** What can happen to a call, and what the call then wants done. Plain data: the machine is pure. */
import type { Fault } from '../protocol/faults.ts';
import type { Adjustment, CallPlan, ToolOutcome } from '../protocol/messages.ts';
import type { SessionChange } from '../protocol/realtime.ts';
import type {
  KeepTrouble,
  Line,
  MicrophoneAnswer,
  MicrophoneTrouble,
  Times,
  TransportReason,
} from '../protocol/snapshot.ts';
import type { TurnTaking } from '../protocol/turn-taking.ts';
import type { News } from '../session/news.ts';
import type { Allowed } from '../session/relay-call.ts';
import type { Output } from './answers.ts';
import type { Wait } from './retry.ts';
import type { Earlier } from './state.ts';

/**
 * `at`: unix milliseconds, on every event, so that the machine needs no clock. `callId` of a start is new each time, also
 * where `earlier` is gone on with.
 */
export type CallEvent = { at: number } & (
  | { type: 'start'; callId: string; plan: CallPlan; say: string | null; earlier?: Earlier }
  | { type: 'end' }
  /** An error of our own in the middle of something. */
  | { type: 'broken'; fault: Fault }
  | { type: 'mute'; muted: boolean }
  | { type: 'stop-answer' }
  | { type: 'say'; text: string }
  /** The talk key goes down, and up again. */
  | { type: 'talk-begin' }
  | { type: 'talk-end'; send: boolean }
  /** A turn in tap or hold went out, or had nothing in it. */
  | { type: 'turn-over'; sent: boolean; wanted: boolean }
  /** We hear for sure that the person talks over the answer. */
  | { type: 'barge-in' }
  | ({ type: 'adjust' } & Adjustment)
  | { type: 'permission'; answer: MicrophoneAnswer }
  | { type: 'microphone-open'; attempt: number }
  /** The browser must ask the person first. */
  | { type: 'microphone-needed'; attempt: number }
  | { type: 'microphone-failed'; attempt: number; fault: Fault }
  /** Which microphone is in use, and what is wrong with it. */
  | { type: 'microphone-name'; name: string }
  | { type: 'microphone-trouble'; trouble: MicrophoneTrouble | null }
  | { type: 'frames'; flowing: boolean }
  | {
      type: 'session-open';
      attempt: number;
      provider: string;
      model: string;
      transport: string;
      reason: TransportReason | null;
    }
  | { type: 'session-failed'; attempt: number; fault: Fault }
  | { type: 'news'; attempt: number; news: News }
  | { type: 'tool-done'; callId: string; itemId: string; outcome: ToolOutcome; ms: number }
  /** The page in view was looked over. */
  | { type: 'briefed'; itemId: string; outcome: ToolOutcome; ms: number }
  /** A click has allowed what a tool was refused. */
  | { type: 'go-on' }
  /** An answer may be late. */
  | { type: 'patience'; number: number }
  /** The person asks once more for an answer that has not come. */
  | { type: 'ask-again' }
  /** Our own ear, for long: nobody speaks, or no voice comes out, whatever the provider has said. */
  | { type: 'silence'; of: 'person' | 'voice' }
  /** The session ends soon. `last`: too soon to wait for a quiet moment. `prepared`: another can take its place. */
  | { type: 'renewal'; attempt: number; last: boolean; prepared: boolean }
  /** It is time to open another line. */
  | { type: 'retry'; attempt: number }
  /** Coming up took too long. */
  | { type: 'too-late'; attempt: number }
  /** US dollars: what the books say, this call counted with `usd`. */
  | { type: 'booked'; callId: string; usd: number; today: number; month: number }
  /** What the relay has left for this line: milliseconds from now on, and US dollars. */
  | ({ type: 'allowed'; attempt: number } & Allowed)
  /** Nobody seems to be there, and the call ends at `endsAt` (unix milliseconds); null: somebody is there. */
  | { type: 'idle'; endsAt: number | null }
  | { type: 'idle-over' }
  /** Why the call is not kept for later; null: it is. */
  | { type: 'keeping'; trouble: KeepTrouble | null }
  /** What was measured. */
  | { type: 'times'; times: Partial<Times> }
  /** A call that has reached a limit has said why, or took too long to. */
  | { type: 'last-words-over' }
);

/** Without the field that the call fills in itself. */
export type Happening = CallEvent extends infer E ? (E extends CallEvent ? Omit<E, 'at'> : never) : never;

export type Effect =
  | { type: 'open-microphone'; attempt: number }
  | { type: 'open-session'; attempt: number; plan: CallPlan }
  | { type: 'await-live'; attempt: number; withinMs: number }
  | { type: 'ask-permission' }
  /** The microphone is open and the line too: sound may go up. */
  | { type: 'open-uplink' }
  | { type: 'use-output'; output: Output }
  /** What was said before this line; `at`: the end of it. `lost`: another line was, in the middle of the call. */
  | { type: 'recall'; lines: Line[]; at: number; lost: boolean }
  /** Open another line after a while; chance says when. */
  | ({ type: 'retry'; attempt: number } & Wait)
  /** A session that is to take the place of this one. */
  | { type: 'prepare'; plan: CallPlan }
  /** Tell when the session is to be renewed. */
  | { type: 'await-renewal'; attempt: number; afterMs: number; last: boolean }
  /** The answer that a lost line has not given. */
  | { type: 'ask-answer' }
  | { type: 'set-muted'; muted: boolean }
  /** Tap and hold. */
  | { type: 'begin-turn' }
  | { type: 'end-turn'; send: boolean }
  /** Hands-free: the provider need not wait for silence. */
  | { type: 'close-turn'; detection: TurnTaking }
  /** `session`: what the provider must be told, null when nothing. */
  | { type: 'adjust'; plan: CallPlan; session: SessionChange['audio'] | null }
  | { type: 'send-text'; itemId: string; text: string }
  | { type: 'stop-answer' }
  /** The answer that was asked for has not come: once more. */
  | { type: 'ask-again' }
  /** And nobody waits for it any more. */
  | { type: 'forget-answer' }
  | { type: 'run-tool'; callId: string; itemId: string; name: string; argumentsText: string }
  | { type: 'answer-tool'; callId: string; outcome: ToolOutcome }
  | { type: 'cancel-tools' }
  /** Look over the page in view, so that simple questions about it need no tool. */
  | { type: 'brief' }
  | { type: 'send-brief'; itemId: string; output: string }
  | { type: 'try-again' }
  /** Tells the model something beside the talk. `answer`: it says it now, and not with its next answer. */
  | { type: 'note'; text: string; answer: boolean }
  /** As a note with an answer, after which there is none any more. */
  | { type: 'last-words'; text: string }
  | { type: 'warn-by-tone' }
  /** What the call has cost in all, for the books. */
  | { type: 'book'; callId: string; usd: number }
  /** Closes the session but keeps the call, while a person is being asked for the microphone. */
  | { type: 'close-session' }
  /** Closes everything that lives. */
  | { type: 'release' }
  | { type: 'finished' };
