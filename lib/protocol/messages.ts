/**
 * Runtime messages. `runtime.sendMessage` is a broadcast to every context of the extension, so each message names its
 * target and everyone else ignores it. Intents and asks go to the coordinator, commands to the host. Schemas stand by
 * their type's name: a message is looked up, not tried against all.
 */
import * as z from 'zod/mini';
import type { MyLimit } from './me.ts';
import { pairRequest } from './pairing.ts';
import { answerKinds, eagernesses, noiseReductions, patienceSteps, talkModes, turnEnds } from './settings.ts';
import {
  microphoneAnswers,
  phases,
  turns,
  type Place,
  type Quote,
  type ToolFault,
  type ToolSource,
} from './snapshot.ts';

const nothing = z.object({});
const muted = z.object({ muted: z.boolean() });
const microphoneAnswer = z.object({ answer: z.enum(microphoneAnswers) });
const talkEnd = z.object({ send: z.boolean() });
const relayToTest = z.object({
  relayUrl: z.string(),
  deviceToken: z.string(),
  /** Asked for as in a call; empty or left out: what the relay prefers. */
  model: z.optional(z.string().check(z.maxLength(64))),
  voice: z.optional(z.string().check(z.maxLength(64))),
});
const line = z.object({ lineId: z.string().check(z.maxLength(200)) });
/** Of a kept call. */
const callId = z.string().check(z.maxLength(200));
const place = z.object({ tabId: z.int(), documentId: z.string(), origin: z.string() });
/** Longer quotes are cut: a passage is found by its beginning. */
export const longestQuote = 600;

/**
 * From a view, the permission page or a shortcut to the coordinator. A call intent is answered with the snapshot after
 * it; what failed to start is in the snapshot, not thrown.
 */
export const intents = {
  /** The current snapshot; an idle or the last ended one when there is no host. */
  hello: nothing,
  /** Answered with null: the coordinator is there, whatever the host does. */
  ping: nothing,
  /**
   * `resume`: goes on with the kept call of this id. `shown`: which was the last, and is gone on with as it is shown where it
   * is not kept. Nothing where a call runs.
   */
  start: z.object({ microphone: z.boolean(), resume: z.optional(callId), shown: z.optional(z.boolean()) }),
  end: nothing,
  mute: muted,
  /** The hand: the answer stops, the call goes on. */
  'stop-answer': nothing,
  /**
   * The talk key goes down. In tap and hold the person's turn begins, and without a call one is started for it; in
   * hands-free the answer stops.
   */
  'talk-begin': nothing,
  /** The turn is over and goes out; with `send` false it is dropped. In hands-free: "I'm done". */
  'talk-end': talkEnd,
  /** Once more for the answer that has not come. */
  'ask-again': nothing,
  /** A view is open: prepare what a call needs, when the settings allow it. */
  warm: nothing,
  /** Typed words. Starts a call without a microphone when there is none. */
  say: z.object({ text: z.string().check(z.minLength(1), z.maxLength(8000)) }),
  /** Opens the page that explains, asks for and tests the microphone. */
  'open-permission-page': nothing,
  /** The permission page has an answer. */
  'microphone-answer': microphoneAnswer,
  /** Asks this relay for a grant and throws it away. Answered with a `RelayReport`, or with the fault that names what is wrong. */
  'test-relay': relayToTest,
  /** A one-time code for a device token. Answered with a `PairAnswer`, or with the fault that names what is wrong. */
  pair: pairRequest,
  /** Answered with a `PageSeen`. */
  'page-in-view': nothing,
  /** The person clicked: this site, or this page with a password field, may be read during the call. */
  'allow-reading': z.object({ origin: z.string().check(z.maxLength(300)) }),
  /** The person let the browser give us a site. The question that met the refusal goes on. */
  granted: nothing,
  /** Shows a quote on its page again. Answered with `QuoteShown`. */
  'show-quote': line,
  /** What exactly a tool row sent. Answered with `Sent`, or null when it is not kept. */
  sent: line,
  /** One sentence in this voice (empty: the relay's choice). Answered with `SampleEnd` when it is over. */
  'voice-sample': z.object({ voice: z.string().check(z.maxLength(64)) }),
  'voice-sample-stop': nothing,
  /** Answered with `string[]`: what the host has logged, or the last one that was there. Without secrets and anybody's words. */
  log: nothing,
};
export type Intent = MessageOf<typeof intents>;

/** How the person and the assistant take turns: the settings of the same names. */
export const talkSettings = z.object({
  mode: z.enum(talkModes),
  patience: z.literal(patienceSteps),
  turnEnd: z.enum(turnEnds),
  threshold: z.nullable(z.number()),
  silenceMs: z.nullable(z.number()),
  prefixMs: z.nullable(z.number()),
  eagerness: z.nullable(z.enum(eagernesses)),
  noisyRoom: z.boolean(),
});
export type TalkSettings = z.infer<typeof talkSettings>;

/** Devices and their treatment: the settings of the same names. */
export const soundSettings = z.object({
  microphoneId: z.string(),
  speakerId: z.string(),
  echoCancellation: z.boolean(),
  noiseSuppression: z.boolean(),
  autoGain: z.boolean(),
  noiseReduction: z.enum(noiseReductions),
  sounds: z.boolean(),
});
export type SoundSettings = z.infer<typeof soundSettings>;

/** When a call ends by itself: the settings of the same names. */
export const callLimits = z.object({
  callUsd: z.nullable(z.number()),
  dayUsd: z.nullable(z.number()),
  idleAfterMs: z.nullable(z.number()),
});
export type CallLimits = z.infer<typeof callLimits>;

/** What the host needs to make a call; it cannot read storage itself. */
export const callPlan = z.object({
  microphone: z.boolean(),
  relayUrl: z.string(),
  deviceToken: z.string(),
  model: z.string(),
  voice: z.string(),
  /** BCP 47. */
  language: z.string(),
  instructions: z.string(),
  /** `auto`, or the one kind of line to use. */
  transport: z.string(),
  talk: talkSettings,
  answers: z.enum(answerKinds),
  sound: soundSettings,
  /** The call begins with the outline of the page in view. */
  digest: z.boolean(),
  limits: callLimits,
  /** Keep the call for later. */
  keep: z.boolean(),
});
export type CallPlan = z.infer<typeof callPlan>;

/** What a running call takes over when the settings change. */
export type Adjustment = Pick<CallPlan, 'talk' | 'answers' | 'sound' | 'limits'>;

/** From the coordinator to the host. Answered with the snapshot after it, where nothing else is said. */
export const commands = {
  /** Answered with true: the document's script listens. */
  ping: nothing,
  snapshot: nothing,
  /**
   * `talking`: the talk key is down already. `resume`: goes on with this kept call, or with `lines`; `past-call-unread` where
   * there is neither.
   */
  start: z.object({
    plan: callPlan,
    say: z.optional(z.string()),
    talking: z.optional(z.boolean()),
    resume: z.optional(callId),
    /** `Line[]`. */
    lines: z.optional(z.array(z.unknown())),
  }),
  end: nothing,
  mute: muted,
  'stop-answer': nothing,
  'talk-begin': nothing,
  'talk-end': talkEnd,
  /** Prepares a call with this plan. */
  warm: z.object({ plan: callPlan }),
  /** The settings changed; a running call follows. */
  adjust: z.object({ talk: talkSettings, answers: z.enum(answerKinds), sound: soundSettings, limits: callLimits }),
  say: z.object({ text: z.string() }),
  'microphone-answer': microphoneAnswer,
  'test-relay': relayToTest,
  pair: pairRequest,
  /** A click has allowed what a tool was refused. */
  'go-on': nothing,
  'ask-again': nothing,
  sent: line,
  /** Answered with true, at once; with false where a call runs, which is not talked over. */
  'voice-sample': z.object({ plan: callPlan }),
  /** Answered with `SampleEnd` when the last one is over. */
  'voice-sample-end': nothing,
  'voice-sample-stop': nothing,
  /** Answered with `string[]`: what the host has logged. */
  log: nothing,
  /** True when no call is open; the host then refuses new ones, because the document is about to be closed. */
  retire: nothing,
};
export type Command = MessageOf<typeof commands>;

/** From the host to the coordinator: what only a context with browser powers can do. */
export const asks = {
  'open-permission-page': nothing,
  /** Reads the tab in view, or another that the person granted by a click. Answered with a `PageInView`, within 3 s. */
  'read-page': z.object({ tab: z.optional(z.int()) }),
  /** Finds words on the page they were read from, and marks them. Answered with `Pointed`. */
  'point-at': z.object({ place, quote: z.string().check(z.maxLength(longestQuote)) }),
  /** A picture of what is in view. Answered with `LookInView`. */
  'look-at-page': nothing,
  /** Answered with `TabsInView`. */
  'list-tabs': nothing,
  /** For the badge and icon; `kept` (its id, once a line of it is) and `microphone` for when nobody is left to tell. */
  'show-state': z.object({
    phase: z.enum(phases),
    turn: z.nullable(z.enum(turns)),
    kept: z.optional(callId),
    microphone: z.optional(z.boolean()),
  }),
  /** The call is over: keep its last snapshot, what its rows sent (`Record<lineId, Sent>`) and the log, and close the document. */
  finished: z.object({ snapshot: z.unknown(), sent: z.unknown(), log: z.unknown() }),
  /** What the call has cost so far, in all. Answered with `{ today, month }` in US dollars, this call counted. */
  spent: z.object({ callId: z.string(), usd: z.number() }),
  /** Nothing is open any more, and no call was: the document may go. */
  idle: nothing,
};
export type Ask = MessageOf<typeof asks>;

/** Why a page cannot be read. */
export interface PageRefusal {
  ok: false;
  fault: ToolFault;
  /** With `not-granted`: origin that a button could grant, e.g. `https://example.org`; the browser does not always tell. */
  grantOrigin?: string;
  /** With `ask-first`: origin that a click may allow for this call. */
  askOrigin?: string;
}

/**
 * The page in view as a person sees it before anything of it is read. A password field in it is known only by reading, and
 * then asks first. Title and host are empty where the browser does not tell them.
 */
export interface PageSeen {
  tabId: number | null;
  /** The page's own words, at most 150 characters. */
  title: string;
  /** `example.org:8080`, other alphabets in punycode; `file://` for a file. */
  host: string;
  reads: 'yes' | 'after-click' | 'ask-first' | 'never' | 'cannot';
  /** What a read would meet; null when it may be read. */
  fault: ToolFault | null;
  grantOrigin?: string;
  hasSelection: boolean;
}

/** What the injected reader returned, unchecked: it comes out of the page's process. */
export type PageInView = { ok: true; place: Place; returned: unknown } | PageRefusal;

/** `text`: the words as they stand on the page. `exact` is false when they differ from what was asked for. */
export type Pointed = { ok: true; text: string; exact: boolean } | PageRefusal;

/** `image`: JPEG as a `data:` URL, at most 56 KB, so that it fits into one event. */
export type LookInView =
  | { ok: true; place: Place; title: string; url: string; image: string; width: number; height: number }
  | PageRefusal;

export interface TabSeen {
  id: number;
  title: string;
  url: string;
  inView: boolean;
}
/** Only tabs that the person granted by a click; `others` are open too, and nothing is known of them. */
export type TabsInView = { ok: true; tabs: TabSeen[]; others: number } | PageRefusal;

/** What a tool hands back: `output` and `image` go to the model, the rest to the transcript row. */
export interface ToolOutcome {
  /** JSON text, at most 24 KiB, encoded once. */
  output: string;
  /** A `data:` URL, sent behind the output as an item of its own. */
  image?: string;
  fault?: ToolFault;
  source?: ToolSource;
  grantOrigin?: string;
  askOrigin?: string;
  quote?: Quote;
  /** Where the model has spoken beside its call, this outcome needs no answer of its own. */
  quiet?: boolean;
  /** No new answer, whatever was said: the person stopped it, or the model asks without end. */
  last?: boolean;
}

/** Exactly what went to the model for one row. */
export interface Sent {
  output: string;
  image?: string;
}

/** Not shown: its tab is gone, or is another page now. `url` leads to the words (text fragment) in a new tab; null: nowhere. */
export type QuoteShown = { shown: true } | { shown: false; url: string | null };

/** How the sample of a voice ended. `in-call`: it never began. */
export type SampleEnd = 'heard' | 'stopped' | 'in-call';

/** What a good test of a relay found. */
export interface RelayReport {
  provider: string;
  model: string;
  voice: string;
  /** What its limits leave; none where it has none, or does not tell. */
  limits: MyLimit[];
}

type Schemas = Record<string, z.ZodMiniType>;
/** An empty object's type would forbid even the `type`. */
type Fields<S extends z.ZodMiniType> = z.infer<S> extends Record<string, never> ? unknown : z.infer<S>;
export type MessageOf<S extends Schemas> = { [T in keyof S]: { type: T } & Fields<S[T]> }[keyof S];

/** The message as its schema leaves it, or null when it is not one of these. */
export function parseMessage<S extends Schemas>(schemas: S, value: unknown): MessageOf<S> | null {
  const type = (value as { type?: unknown } | null)?.type;
  if (typeof type !== 'string' || !Object.hasOwn(schemas, type)) return null;
  const parsed = schemas[type]?.safeParse(value);
  return parsed?.success ? ({ type, ...(parsed.data as object) } as MessageOf<S>) : null;
}
