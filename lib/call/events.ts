/** What can happen to a call, and what the call then wants done. Plain data: the machine is pure. */
import type { Fault } from '../protocol/faults.ts';
import type { CallPlan, ToolOutcome } from '../protocol/messages.ts';
import type { MicrophoneAnswer } from '../protocol/snapshot.ts';
import type { News } from '../session/news.ts';

/** `at`: unix milliseconds, on every event, so that the machine needs no clock. */
export type CallEvent = { at: number } & (
  | { type: 'start'; callId: string; plan: CallPlan; say: string | null }
  | { type: 'end' }
  | { type: 'mute'; muted: boolean }
  | { type: 'stop-answer' }
  | { type: 'say'; text: string }
  | { type: 'permission'; answer: MicrophoneAnswer }
  | { type: 'microphone-open'; attempt: number }
  /** The browser must ask the person first. */
  | { type: 'microphone-needed'; attempt: number }
  | { type: 'microphone-failed'; attempt: number; fault: Fault }
  | { type: 'frames'; flowing: boolean }
  | { type: 'session-open'; attempt: number; provider: string; model: string; transport: string }
  | { type: 'session-failed'; attempt: number; fault: Fault }
  | { type: 'news'; attempt: number; news: News }
  | { type: 'tool-done'; callId: string; itemId: string; outcome: ToolOutcome; ms: number }
  /** Coming up took too long. */
  | { type: 'too-late'; attempt: number }
);

export type Effect =
  | { type: 'open-microphone'; attempt: number }
  | { type: 'open-session'; attempt: number; plan: CallPlan }
  | { type: 'await-live'; attempt: number }
  | { type: 'ask-permission' }
  /** Puts the open microphone on the open line. */
  | { type: 'attach-microphone' }
  | { type: 'use-sound' }
  | { type: 'set-muted'; muted: boolean; closeTurn: boolean }
  | { type: 'send-text'; itemId: string; text: string }
  | { type: 'stop-answer' }
  | { type: 'run-tool'; callId: string; itemId: string; name: string; argumentsText: string }
  | { type: 'answer-tool'; callId: string; output: string }
  /** Closes the session but keeps the call, while a person is being asked for the microphone. */
  | { type: 'close-session' }
  /** Closes everything that lives. */
  | { type: 'release' }
  | { type: 'finished' };
