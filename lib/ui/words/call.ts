/** What popup and panel say. One file a language fills this shape; a missing sentence does not compile. */
import type { FaultCode } from '../../protocol/faults.ts';
import type { ReachedLimit } from '../../protocol/reached.ts';
import type { Answers, TalkMode } from '../../protocol/settings.ts';
import type { EndReason, Late, MicrophoneTrouble } from '../../protocol/snapshot.ts';
import type { TalkDoes, TalkState } from '../view/talk.ts';
import type { FaultAction } from './actions.ts';
import type { Language } from './language.ts';

/** What the talk key of tap or hold says. */
export interface TalkKeyWords {
  /** The state while nobody speaks, and what a press does then. */
  resting: string;
  /** The state while the person's turn is held. */
  held: string;
  /** What letting go, or another press, does. */
  send: string;
  hint: string;
}

/** A limit of the relay that is reached. `most` comes with its unit: `$5`, `30 minutes`. */
export interface LimitWords {
  /** Over one call. */
  call: (most: string) => string;
  /** By the calendar; `span` is one of `spans`. */
  used: Record<ReachedLimit['of'], (most: string, span: string) => string>;
  spans: Record<Exclude<ReachedLimit['per'], 'call' | null>, string>;
  /** Calls at once. */
  open: Record<ReachedLimit['of'], (most: string) => string>;
  /** `number` as it is written; `one`: of a single call. */
  calls: (number: string, one: boolean) => string;
  /** What to do then. `again`: `when` is a time of the day, and where `dated` stands, of the day that it names. */
  next: {
    again: (when: string, dated: boolean) => string;
    another: string;
    wait: string;
    ask: string;
  };
}

export interface CallWords {
  language: Language;
  states: Record<Exclude<TalkState, 'held' | 'resting'>, string>;
  /** What a press of the talk button does now. */
  does: Record<Exclude<TalkDoes, 'talk' | 'send' | 'nothing'>, string>;
  howToTalk: string;
  modes: Record<TalkMode, string>;
  howToAnswer: string;
  answers: Record<Answers, string>;
  talk: Record<'tap' | 'hold', TalkKeyWords>;
  dropHint: string;
  doneHint: string;
  /** Why it is over; where Parley ended it, what to do. */
  ended: Record<EndReason, string>;
  /** What happened, then what to do. */
  faults: Record<FaultCode, string>;
  actions: Record<FaultAction, string>;
  /** Before the fault that the last try met: the line was lost, and did not come back. */
  gaveUp: string;
  waitSeconds: (seconds: number) => string;
  limits: LimitWords;
  details: string;
  silent: { sentence: string; action: string };
  controls: Record<'mute' | 'unmute' | 'stopAnswer' | 'done' | 'hangUp' | 'panel' | 'past' | 'options', string>;
  cost: string;
  tokens: (count: string) => string;
  notes: {
    /** What happened, then what to do. `name` is the system's; null when it is not known. */
    trouble: Record<MicrophoneTrouble, (name: string | null) => string>;
    choose: string;
    heardNothing: Record<'tap' | 'hold', string>;
    secondBest: Record<'websocket' | 'relay', string>;
    /** Of the money that the person has set; `relay`: most of what the relay allows is used. */
    limit: Record<'near' | 'reached' | 'relay', string>;
    /** The time that the relay allows is nearly over; what is left of it follows. */
    relayEnds: string;
    /** Nobody has said anything for long; the time that is left follows. */
    idle: string;
    here: string;
    /** The line is lost. `spoken`: the microphone is open, too. How long it is away follows, and where that was put off, the next try. */
    away: (spoken: boolean) => string;
    since: string;
    nextTry: string;
    late: Record<Late, string>;
    askAgain: string;
  };
  /** `absent`: chosen once, and not connected now. `unnamed`: why there are no names yet. */
  devices: Record<'title' | 'microphone' | 'speaker' | 'system' | 'absent' | 'unnamed', string>;
  /** `shortcut` as the browser writes it, e.g. `Alt+Shift+V`. */
  shortcutHint: (shortcut: string) => string;
  you: string;
  parley: string;
  unheard: string;
  transcript: string;
  latest: string;
  copy: Record<'line' | 'all' | 'copied', string>;
  /** The one question that no page is needed for. */
  able: string;
  write: string;
  send: string;
}
