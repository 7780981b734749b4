/** The state of one call: an explicit life, and the facts from which the turn is derived. */
import { isHeard, sounds, type Output } from './answers.ts';
import type { Effect } from './events.ts';
import type { Booked } from './money.ts';
import { noSpend, type Spend } from './spend.ts';
import type { Fault } from '../protocol/faults.ts';
import type { CallPlan } from '../protocol/messages.ts';
import {
  noRelayEnd,
  noTimes,
  hasLine,
  type KeepTrouble,
  type Away,
  type Late,
  type Line,
  type MicrophoneTrouble,
  type Phase,
  type RelayEnd,
  type Snapshot,
  type Times,
  type TransportReason,
  type Turn,
  type Usage,
} from '../protocol/snapshot.ts';
import type { Wait } from './on-late.ts';
import type { Retries } from './retry.ts';
import { emptyTranscript, type Transcript } from './transcript.ts';

/** What is true right now, each set by one kind of evidence and cleared by another. */
export interface Facts {
  /** Microphone frames are arriving. */
  frames: boolean;
  personTalking: boolean;
  /** The person's turn is over and no response has begun. */
  awaiting: boolean;
  responding: boolean;
  /** The answer has words already. */
  writing: boolean;
  /** From the first sound of an answer to the last, not to `response.done`. */
  playing: boolean;
  /** Stopping the answer was asked for, and it still plays or is still generated. */
  cutting: boolean;
  /** Call ids of tools at work. */
  tools: string[];
  /** The answer was stopped before it began: it is cut as soon as it does. */
  unwanted: boolean;
  /** The person's own turn in tap or hold is open. */
  held: boolean;
}

/** A kept call that is gone on with. */
export interface Earlier {
  /** Under which it is kept; the call goes by this name from then on. */
  callId: string;
  /** When its last word was kept, unix milliseconds. */
  at: number;
  lines: Line[];
}

export interface CallState {
  phase: Phase;
  /** Of this call, or of this part of one that is gone on with: what is spent is booked under it. */
  callId: string | null;
  earlier: Earlier | null;
  /** Grows with every attempt to come up; results of older attempts are thrown away. */
  attempt: number;
  plan: CallPlan | null;
  /** The microphone is open, and its track belongs on the line. */
  microphoneOpen: boolean;
  /** The line is open and in our hands: what is sent goes out. */
  sessionOpen: boolean;
  /** The provider has greeted us. */
  ready: boolean;
  /** What the provider was last told to make of its answers. */
  output: Output;
  muted: boolean;
  microphoneName: string | null;
  microphoneTrouble: MicrophoneTrouble | null;
  /** The last turn in tap or hold had no speech in it. */
  heardNothing: boolean;
  facts: Facts;
  /** Typed before the line was open. */
  unsent: { itemId: string; text: string }[];
  /** The page was looked over before the line was open. */
  unsentBrief: { itemId: string; output: string } | null;
  /** Of a line that was lost; stays for the next one. */
  retries: Retries | null;
  away: Away | null;
  /** What is being waited for, so that it is not waited for without end. */
  wait: Wait | null;
  /** Of the last wait. */
  waitNumber: number;
  late: Late | null;
  /** Another session takes the place of this one at the next quiet moment. */
  renewal: 'preparing' | 'ready' | null;
  /** The line was lost before an answer had come. */
  owed: boolean;
  fault: Fault | null;
  endReason: Snapshot['endReason'];
  startedAt: number | null;
  liveAt: number | null;
  endedAt: number | null;
  provider: string | null;
  transport: string | null;
  transportReason: TransportReason | null;
  model: string | null;
  transcript: Transcript;
  usage: Usage;
  spend: Spend;
  /** Null: nobody has told yet what was spent before. */
  booked: Booked | null;
  /** Writes down what is said, and has a bill of its own. Null when it is not known. */
  recogniser: string | null;
  /** The model knows that a limit is near. */
  toldNear: boolean;
  /** A limit is reached: the call ends for this reason when it has said its last words. */
  ending: 'cap-call' | 'cap-day' | null;
  /** Unix milliseconds. Nobody seems to be there: the call ends then. */
  endsIdleAt: number | null;
  relayEnd: RelayEnd;
  /** Why it is not kept for later. */
  keepTrouble: KeepTrouble | null;
  times: Times;
}

export const noFacts: Facts = {
  frames: false,
  personTalking: false,
  awaiting: false,
  responding: false,
  writing: false,
  playing: false,
  cutting: false,
  tools: [],
  unwanted: false,
  held: false,
};

/** Before a call and after it: nothing is open, waits or goes on. */
export const atRest = {
  microphoneOpen: false,
  sessionOpen: false,
  ready: false,
  output: 'text',
  muted: false,
  microphoneName: null,
  microphoneTrouble: null,
  heardNothing: false,
  facts: noFacts,
  unsent: [],
  unsentBrief: null,
  retries: null,
  wait: null,
  late: null,
  renewal: null,
  owed: false,
  ending: null,
  endsIdleAt: null,
  relayEnd: noRelayEnd,
} satisfies Partial<CallState>;

export const idleState: CallState = {
  ...atRest,
  phase: 'idle',
  callId: null,
  earlier: null,
  attempt: 0,
  plan: null,
  fault: null,
  endReason: null,
  startedAt: null,
  liveAt: null,
  endedAt: null,
  provider: null,
  transport: null,
  transportReason: null,
  model: null,
  transcript: emptyTranscript,
  away: null,
  waitNumber: 0,
  usage: { inputTokens: 0, outputTokens: 0 },
  spend: noSpend,
  booked: null,
  recogniser: null,
  toldNear: false,
  keepTrouble: null,
  times: noTimes,
};

/** What an event leads to. */
export interface Step {
  state: CallState;
  effects: Effect[];
}

export function stay(state: CallState): Step {
  return { state, effects: [] };
}

/** A line is on its way. */
export function comesUp({ phase }: CallState): boolean {
  return phase === 'connecting' || phase === 'reconnecting';
}

/** In tap and hold the person says when they speak. */
export function isManual({ plan }: Pick<CallState, 'plan'>): boolean {
  return plan !== null && plan.talk.mode !== 'hands-free';
}

/** Nothing can be heard from the microphone, and we know why. */
export function isDeaf({ microphoneTrouble }: Pick<CallState, 'microphoneTrouble'>): boolean {
  return microphoneTrouble !== null && microphoneTrouble !== 'replaced';
}

/**
 * Derived, so that no missing arrow can leave a stuck screen. Null unless the call is up; but what is said while it comes
 * up is kept, so that is shown too.
 */
export function turnOf(state: CallState): Turn | null {
  const { phase, facts, muted, plan } = state;
  const frames = plan?.microphone && facts.frames && !isDeaf(state);
  if (phase === 'connecting' && frames && !muted) return facts.held ? 'held' : isManual(state) ? null : 'listening';
  // What is said while a line is away is kept as well.
  if (phase === 'reconnecting' && facts.held) return 'held';
  if (!hasLine(phase)) return null;
  if (facts.held) return 'held';
  if (facts.cutting && (sounds(state) || facts.responding)) return 'interrupting';
  if (facts.personTalking) return 'hearing';
  if (sounds(state)) return 'speaking';
  if (facts.tools.length > 0 && !facts.unwanted) return 'reading';
  if (facts.responding && facts.writing && !isHeard(state)) return 'writing';
  if (facts.responding || facts.awaiting) return 'thinking';
  if (muted) return 'muted';
  if (!frames) return 'waiting';
  return isManual(state) ? 'resting' : 'listening';
}
