/**
 * The whole of what a view may show. A snapshot is complete: a view is a function of the last one. Plain types and light
 * checks, because every view loads them; only our own contexts write snapshots.
 */
import type { Fault } from './faults.ts';
import type { Answers, TalkMode } from './settings.ts';

/** The life of a call. */
export const phases = [
  'idle', // no call
  'asking-permission', // the permission page is open
  'connecting', // microphone, grant, line
  'live',
  'unstable', // no sign of life for a moment; may recover by itself
  'reconnecting', // the line is lost; another is being opened, and is told what was said
  'ended', // over, as meant; `endReason` says why
  'failed', // over, because of `fault`
] as const;
export type Phase = (typeof phases)[number];

/** What is going on while live, derived from facts. */
export const turns = [
  'held', // the person's turn in tap or hold: they speak until they end it
  'interrupting',
  'speaking',
  'hearing',
  'thinking',
  'writing', // an answer that is read and not heard
  'reading',
  'listening',
  'resting', // tap or hold, and nobody speaks: nothing is sent
  'muted',
  'waiting', // no microphone (typed call), or nothing can be heard from it: `microphoneTrouble` may say why
] as const;
export type Turn = (typeof turns)[number];

/** What is wrong with the microphone of a call, which goes on in writing. */
export const microphoneTroubles = [
  'system-muted', // the system or a switch on the device mutes it
  'silent', // exact zeros: unplugged without a word, or broken
  'gone', // unplugged or taken, and there is no other
  'blocked', // the browser's permission was taken back, or has run out
  'stopped', // the browser's sound as a whole
  'replaced', // not there; another has taken its place
] as const;
export type MicrophoneTrouble = (typeof microphoneTroubles)[number];

/** Why the line is not the usual one. */
export const transportReasons = [
  'chosen', // by the setting
  'typed', // no sound, so the simplest line
  'blocked', // a better one did not open: a firewall or a proxy is in the way
] as const;
export type TransportReason = (typeof transportReasons)[number];

/** What the permission page can learn. */
export const microphoneAnswers = ['granted', 'denied', 'dismissed', 'missing', 'busy'] as const;
export type MicrophoneAnswer = (typeof microphoneAnswers)[number];

export interface PersonLine {
  kind: 'person';
  id: string;
  /** Unix milliseconds. */
  at: number;
  text: string;
  /** `hearing`: not final yet. `unheard`: the recogniser could not make it out. */
  state: 'hearing' | 'final' | 'unheard';
  typed: boolean;
}

export interface AssistantLine {
  kind: 'assistant';
  id: string;
  at: number;
  text: string;
  /** `cut`: interrupted; what follows the first `heardChars` characters was written but not heard. */
  state: 'streaming' | 'final' | 'cut';
  heardChars?: number;
}

/** Why a tool could not do its work; `lib/ui/words` has the sentences, the tool result has one for the model. */
export const toolFaults = [
  'no-tab',
  'not-granted', // a click is needed: the toolbar icon, or the button that asks for the site
  'ask-first', // a bank, a mailbox, a password field in view: a click is needed each call
  'never-read', // the person's own list, or a password manager
  'private-window',
  'other-site', // a second site in one turn, which nobody clicked on
  'tab-not-granted', // another tab, on which the toolbar icon was never pressed
  'too-much-read', // enough for one turn
  'restricted-page', // the browser's own pages, the store
  'unreadable-kind', // PDF, image, plain file
  'empty-page',
  'no-selection',
  'nothing-found', // a search without a passage
  'no-such-passage',
  'not-on-page', // a quote that is not there: nothing was marked
  'timed-out',
  'page-changed', // navigated or closed while reading
  'invalid-arguments',
  'unknown-tool',
  'interrupted',
  'failed',
] as const;
export type ToolFault = (typeof toolFaults)[number];

/** Where something was read. A read, and what follows from it, is bound to all three. */
export interface Place {
  tabId: number;
  documentId: string;
  origin: string;
}

/** Words on a page that an answer rests on. */
export interface Quote {
  text: string;
  title: string;
  url: string;
  place: Place;
}

/** What a read touched, for the row in the transcript. */
export interface ToolSource {
  title: string;
  url: string;
  /** Characters handed to the model. */
  characters: number;
  truncated: boolean;
}

export interface ToolLine {
  kind: 'tool';
  id: string;
  at: number;
  name: string;
  /** As the model sent it, cut to 2,000 characters for display. */
  arguments: string;
  state: 'running' | 'done' | 'failed';
  fault?: ToolFault;
  source?: ToolSource;
  /** Origin that a button could grant, with `fault: 'not-granted'`; e.g. `https://example.org`. */
  grantOrigin?: string;
  /** Origin that a click may allow for this call, with `fault: 'ask-first'`. */
  askOrigin?: string;
  /** Of `point_at`: what was marked. */
  quote?: Quote;
  ms?: number;
}

export type Line = PersonLine | AssistantLine | ToolLine;

export interface Usage {
  inputTokens: number;
  outputTokens: number;
}

/** Why a call is over, as meant. */
export const endReasons = [
  'hung-up',
  'idle', // nobody had said anything for long
  'cap-call', // the person's own limits for money
  'cap-day',
  'cut-off', // the browser was closed, or the extension stopped, in the middle of it: told at the next start
] as const;
export type EndReason = (typeof endReasons)[number];

/** Why a call that is to be kept for later is not. */
export const keepTroubles = [
  'newer', // a newer Parley wrote what is kept: it can be read, exported, and deleted as a whole
  'full',
  'unavailable', // the browser does not give it, e.g. because the profile is damaged or another window holds it
  'deleted', // the person threw the open call away; the rest of it is not kept either
] as const;
export type KeepTrouble = (typeof keepTroubles)[number];

/** US dollars, by list prices. `partial`: a part of it has no known price. Today and month count this call; null: not known yet. */
export interface Money {
  call: number;
  today: number | null;
  month: number | null;
  partial: boolean;
  /** Of the nearest cap: `near` from 80 % on. */
  level: 'below' | 'near' | 'reached';
}

/** The line is lost; of a call that failed: and did not come back. Unix milliseconds. */
export interface Away {
  since: number;
  /** When it is tried again, where that was put off for long; null: it is being tried, or will be in a moment. */
  triesAt: number | null;
}

/** Where the relay will end the call, by what it had left when the line was opened. Null: nowhere, as far as it told. */
export interface RelayEnd {
  /** Unix milliseconds. */
  at: number | null;
  /** US dollars of this call, from which on most of what was left is used. */
  nearUsd: number | null;
}

/** An answer that does not come. */
export type Late = 'asked-again' | 'missing';

/** How quick the call is, in ms, as of the last answer; null: not known, or not told by this kind of line. */
export interface Times {
  /** From the end of what the person said to the first sound of the answer (`lib/call/first-sound` says what counts). */
  firstSoundMs: number | null;
  /** To the provider and back. Only WebRTC tells. */
  roundTripMs: number | null;
}

export interface Snapshot {
  /** Grows by one with every snapshot of one host; a new host starts a new `bootId`. */
  seq: number;
  bootId: string;
  /** Without a `bootId`: of the kept call that was cut off when its host went, to go on with. */
  callId: string | null;
  phase: Phase;
  turn: Turn | null;
  fault: Fault | null;
  endReason: EndReason | null;
  /** False in a typed call. */
  microphone: boolean;
  muted: boolean;
  talkMode: TalkMode;
  /** How it answers; always `text` in a typed call. */
  answers: Answers;
  /** As the system names the open microphone; null while none is open. */
  microphoneName: string | null;
  microphoneTrouble: MicrophoneTrouble | null;
  /** The last turn in tap or hold had no speech in it and was dropped. */
  heardNothing: boolean;
  /** Unix milliseconds. */
  startedAt: number | null;
  liveAt: number | null;
  endedAt: number | null;
  provider: string | null;
  /** The kind of line: `webrtc`, `websocket`, or `relay` for a WebSocket through the relay. */
  transport: string | null;
  transportReason: TransportReason | null;
  model: string | null;
  lines: Line[];
  /** So many of them, from the first, are of an earlier part of this call, and nothing in them can be answered any more. */
  earlierLines: number;
  usage: Usage;
  /** Null before the first answer, and where the provider is free. */
  money: Money | null;
  /** Nobody has said anything for long: the call ends at this time (unix milliseconds) unless somebody does. */
  endsIdleAt: number | null;
  relayEnd: RelayEnd;
  away: Away | null;
  late: Late | null;
  /** Why this call, or a part of it, is not kept; null also where nobody wants it to be. */
  keepTrouble: KeepTrouble | null;
  times: Times;
}

export const noRelayEnd: RelayEnd = { at: null, nearUsd: null };
export const noTimes: Times = { firstSoundMs: null, roundTripMs: null };

export const idleSnapshot: Snapshot = {
  seq: 0,
  bootId: '',
  callId: null,
  phase: 'idle',
  turn: null,
  fault: null,
  endReason: null,
  microphone: false,
  muted: false,
  talkMode: 'hands-free',
  answers: 'voice',
  microphoneName: null,
  microphoneTrouble: null,
  heardNothing: false,
  startedAt: null,
  liveAt: null,
  endedAt: null,
  provider: null,
  transport: null,
  transportReason: null,
  model: null,
  lines: [],
  earlierLines: 0,
  usage: { inputTokens: 0, outputTokens: 0 },
  money: null,
  endsIdleAt: null,
  relayEnd: noRelayEnd,
  away: null,
  late: null,
  keepTrouble: null,
  times: noTimes,
};

/**
 * RMS of the last 50 ms, 0 to 1, of the microphone and of the assistant's voice as it leaves the loudspeaker. Not part
 * of the snapshot: it changes 20 times a second and nobody needs the last one.
 */
export interface Level {
  microphone: number;
  voice: number;
}

/** Is there a call that a button could end? */
export function isActive(phase: Phase): boolean {
  return phase === 'asking-permission' || phase === 'connecting' || isUp(phase);
}

/** Is there a call that has begun? Its line may be away for a moment. */
export function isUp(phase: Phase): boolean {
  return phase === 'live' || phase === 'unstable' || phase === 'reconnecting';
}

/** Is its line there, as far as we know? */
export function hasLine(phase: Phase): boolean {
  return phase === 'live' || phase === 'unstable';
}

/** Enough of a check for what was written by our own contexts, perhaps of another version. */
export function isSnapshot(value: unknown): value is Snapshot {
  const { bootId, seq, phase, lines, usage } = fieldsOf<Snapshot>(value);
  return (
    typeof bootId === 'string' &&
    typeof seq === 'number' &&
    phases.includes(phase as Phase) &&
    typeof fieldsOf<Usage>(usage).inputTokens === 'number' &&
    typeof fieldsOf<Usage>(usage).outputTokens === 'number' &&
    Array.isArray(lines) &&
    lines.every(isLine)
  );
}

export function isLine(value: unknown): value is Line {
  const { id, at, kind } = fieldsOf<Line>(value);
  const words = kind === 'tool' ? fieldsOf<ToolLine>(value).name : fieldsOf<PersonLine>(value).text;
  const known = kind === 'person' || kind === 'assistant' || kind === 'tool';
  return known && typeof id === 'string' && typeof at === 'number' && typeof words === 'string';
}

export function isLevel(value: unknown): value is Level {
  const { microphone, voice } = fieldsOf<Level>(value);
  return typeof microphone === 'number' && typeof voice === 'number';
}

function fieldsOf<T>(value: unknown): Partial<T> {
  return typeof value === 'object' && value !== null ? value : {};
}
