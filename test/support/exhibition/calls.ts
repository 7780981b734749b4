/** Popup and panel in every state of a call. */
import { faultCodes, type Fault, type FaultCode } from '../../../lib/protocol/faults.ts';
import type { PageSeen } from '../../../lib/protocol/messages.ts';
import type { Level, Line, Phase, Snapshot, Turn } from '../../../lib/protocol/snapshot.ts';
import type { Exhibit } from './exhibit.ts';
import {
  assistant,
  longTalk,
  now,
  pageSeen,
  pastCalls,
  shortTalk,
  toolsInAllStates,
  waitsForClick,
  waitsForSite,
} from './lines.ts';

const running: Partial<Snapshot> = {
  callId: 'call',
  bootId: 'boot',
  seq: 1,
  phase: 'live',
  microphone: true,
  microphoneName: 'Desk microphone',
  startedAt: now - 95_000,
  liveAt: now - 94_000,
  provider: 'openai',
  transport: 'webrtc',
  model: 'gpt-realtime-2.1',
  lines: shortTalk,
  usage: { inputTokens: 5210, outputTokens: 820 },
  money: { call: 0.12, today: 1.4, month: 8.05, partial: false, level: 'below' },
};

const voice: Level = { microphone: 0.01, voice: 0.12 };
const person: Level = { microphone: 0.12, voice: 0 };
const room: Level = { microphone: 0.004, voice: 0 };

const over: Partial<Snapshot> = { ...running, endedAt: now - 4000, turn: null };

function popup(name: string, snapshot: Partial<Snapshot>, more: Partial<Exhibit> = {}): Exhibit {
  return { face: 'popup', name, snapshot, ...more };
}

function panel(name: string, snapshot: Partial<Snapshot>, more: Partial<Exhibit> = {}): Exhibit {
  return { face: 'sidepanel', name, snapshot, ...more };
}

const turn = (value: Turn | null, more: Partial<Snapshot> = {}) => ({ ...running, turn: value, ...more });
const phase = (value: Phase, more: Partial<Snapshot> = {}) => ({ ...running, phase: value, turn: null, ...more });
const lines = (value: Line[], more: Partial<Snapshot> = {}) => turn('listening', { lines: value, ...more });

/** Every state of the talk button. */
export const states: Exhibit[] = [
  popup('idle', {}),
  popup('asking', phase('asking-permission', { liveAt: null, lines: [], money: null })),
  popup('connecting', phase('connecting', { liveAt: null, lines: [], money: null })),
  popup('connecting-listening', phase('connecting', { turn: 'listening', liveAt: null, lines: [], money: null })),
  popup('waiting', turn('waiting')),
  popup('listening', turn('listening'), { level: room }),
  popup('hearing', turn('hearing'), { level: person }),
  popup('thinking', turn('thinking')),
  popup('reading', turn('reading')),
  popup('speaking', turn('speaking'), { level: voice }),
  popup('interrupting', turn('interrupting')),
  popup('muted', turn('muted', { muted: true })),
  popup('unstable', phase('unstable', { turn: 'listening' })),
  popup('reconnecting', phase('reconnecting', { away: { since: now - 7000, triesAt: null } })),
  popup('tap-resting', turn('resting', { talkMode: 'tap' }), { settings: { talkMode: 'tap' } }),
  popup('tap-held', turn('held', { talkMode: 'tap' }), { settings: { talkMode: 'tap' }, level: person }),
  popup('hold-resting', turn('resting', { talkMode: 'hold' }), { settings: { talkMode: 'hold' } }),
  popup('hold-held', turn('held', { talkMode: 'hold' }), { settings: { talkMode: 'hold' }, level: person }),
  popup('hold-heard-nothing', turn('resting', { talkMode: 'hold', heardNothing: true }), {
    settings: { talkMode: 'hold' },
  }),
  popup('ended', phase('ended', { ...over, phase: 'ended', endReason: 'hung-up' })),
  popup('ended-cap', phase('ended', { ...over, phase: 'ended', endReason: 'cap-call' })),
];

/** What a running call says besides its state, and what waits for a click. */
export const notes: Exhibit[] = [
  popup('unset', {}, { settings: { relay: { url: '', deviceToken: '' } } }),
  popup('silent', {}, { silent: true, shows: ['.notice'] }),
  popup('money-near', turn('listening', { money: { ...running.money!, call: 4.2, level: 'near' } })),
  popup('money-reached', turn('speaking', { money: { ...running.money!, call: 5.01, level: 'reached' } })),
  popup('money-open', turn('listening', { money: { ...running.money!, partial: true } }), {
    does: [{ press: '.cost summary' }],
    shows: ['.cost dl'],
  }),
  popup('idle-soon', turn('listening', { endsIdleAt: now + 24_000 })),
  popup('relay-soon', turn('listening', { relayEnd: { at: now + 42_000, nearUsd: 0.1 } })),
  popup('microphone-silent', turn('waiting', { microphoneTrouble: 'silent' })),
  popup('microphone-gone', turn('waiting', { microphoneTrouble: 'gone' })),
  popup('microphone-blocked', turn('waiting', { microphoneTrouble: 'blocked' })),
  popup(
    'away-waits',
    phase('reconnecting', { microphone: false, away: { since: now - 12_000, triesAt: now + 20_000 } }),
  ),
  popup('late', turn('thinking', { late: 'asked-again' })),
  popup('missing', turn('listening', { late: 'missing' })),
  popup('second-best', turn('listening', { transport: 'relay', transportReason: 'blocked' })),
  popup('not-granted', turn('listening', { lines: waitsForSite }), { shows: ['.waiting button'] }),
  popup('ask-first', turn('listening', { lines: waitsForClick }), { shows: ['.waiting button'] }),
  popup('typed', turn('waiting', { microphone: false, microphoneName: null, transport: 'websocket' })),
];

/** The relay ended the call at a limit of everybody together. */
const capped: Fault = {
  code: 'relay-cap',
  detail: "The $200 for this month for everybody at this relay are used up; the relay's owner can raise LIMIT_ALL.",
  limit: { of: 'all', what: 'usd', per: 'month', most: 200, resetsAt: Math.ceil(now / 1000) + 9 * 86_400 },
};

/** One of each next step, and the one with figures. */
const faultsShown: Fault[] = [
  { code: 'microphone-needed' },
  { code: 'relay-unreachable', detail: 'http://127.0.0.1:8787: connection refused' },
  { code: 'relay-origin' },
  { code: 'relay-limit', retryAfterS: 24 },
  capped,
  { code: 'connection-lost' },
];

const failed = (fault: Fault): Partial<Snapshot> => ({ ...over, phase: 'failed', fault, lines: [], money: null });

export const faults: Exhibit[] = faultsShown.map((fault) => popup(`fault-${fault.code}`, failed(fault)));

/** Every fault there is, for what looks at words and not at pictures. */
export const everyFault: Exhibit[] = faultCodes.map((code: FaultCode) => popup(`every-${code}`, failed({ code })));

const page = (change: Partial<PageSeen>) => ({ answers: { 'page-in-view': { ...pageSeen, ...change } } });
const unfold = { does: [{ press: '.page-chip button' }], shows: ['.page-chip [role=status] > *'] };

/** Whether the page in view may be read, and what then can be done. */
export const pages: Exhibit[] = [
  popup('page-yes', {}, { ...page({}), ...unfold }),
  popup('page-after-click', {}, { ...page({ reads: 'after-click', fault: 'not-granted' }), ...unfold }),
  popup('page-ask-first', {}, { ...page({ reads: 'ask-first', fault: 'ask-first' }), ...unfold }),
  popup('page-never', {}, { ...page({ reads: 'never', fault: 'never-read' }), ...unfold }),
  popup('page-cannot', {}, { ...page({ reads: 'cannot', fault: 'restricted-page', host: '' }), ...unfold }),
  panel('page-marked', {}, { ...page({ hasSelection: true }), shows: ['.starters'] }),
  panel('page-none', {}, { ...page({ reads: 'cannot', fault: 'no-tab', host: '' }), shows: ['.starters'] }),
];

const quick = { times: { firstSoundMs: 820, roundTripMs: 34 } };

/** How answers come, how quick they are, and what is kept of them. */
export const ways: Exhibit[] = [
  popup('text-only', turn('writing', { answers: 'text' }), { settings: { answers: 'text' } }),
  popup('sound-off', turn('listening', { answers: 'captions' }), { settings: { answers: 'captions' } }),
  popup('times', turn('listening', quick), { settings: { showTimes: true }, shows: ['p.times'] }),
  panel('text-only', turn('writing', { answers: 'text' }), { settings: { answers: 'text' } }),
  panel('times', turn('listening', quick), { settings: { showTimes: true }, shows: ['p.times'] }),
  panel('gone-on', lines(shortTalk, { earlierLines: 2 })),
  panel('not-kept', turn('listening', { keepTrouble: 'full' }), { shows: ['.notes > *'] }),
  popup('contrast', turn('hearing'), { settings: { theme: 'contrast' }, level: person }),
  panel('contrast', lines(toolsInAllStates, { turn: 'reading' }), {
    settings: { theme: 'contrast' },
    shows: ['.row.tool .chip'],
  }),
];

const lookBack = { press: '.past-button' };

export const panels: Exhibit[] = [
  panel('empty', {}),
  panel('connecting', phase('connecting', { liveAt: null, lines: [], money: null })),
  panel('listening', lines(shortTalk), { level: room }),
  panel('long-talk', lines(longTalk, { turn: 'speaking' }), { level: voice }),
  panel('tools', lines(toolsInAllStates, { turn: 'reading' }), { shows: ['.row.tool .chip'] }),
  panel('sent', lines(toolsInAllStates.slice(0, 2)), {
    does: [{ press: '.row.tool summary' }],
    answers: {
      sent: { output: 'Title: The lighthouse of Vinga\n\n1. The tower opens at ten.\n2. The last keeper left.' },
    },
    shows: ['.sent pre'],
  }),
  panel('not-granted', lines(waitsForSite), { shows: ['.row.tool button'] }),
  panel('ask-first', lines(waitsForClick), { shows: ['.row.tool button'] }),
  panel('typed', turn('waiting', { microphone: false, microphoneName: null, transport: 'websocket' }), {
    does: [{ into: 'textarea', write: 'What is being written here is a good deal longer than the box is wide.' }],
  }),
  panel('hold', turn('resting', { talkMode: 'hold' }), { settings: { talkMode: 'hold' } }),
  panel('money-near', turn('listening', { money: { ...running.money!, call: 4.2, level: 'near' } })),
  panel('idle-soon', turn('listening', { endsIdleAt: now + 24_000 })),
  panel('devices', turn('listening', { microphoneTrouble: 'replaced' }), {
    does: [{ press: '.sound button' }],
    shows: ['.sound select'],
  }),
  panel('fault', {
    ...failed({ code: 'connection-lost' }),
    lines: [...shortTalk, assistant('And on Sun', { state: 'cut', heardChars: 7 })],
  }),
  panel('capped', { ...failed(capped), lines: shortTalk }),
  panel('reconnecting', phase('reconnecting', { away: { since: now - 7000, triesAt: null } })),
  panel('gave-up', {
    ...failed({ code: 'relay-unreachable' }),
    lines: shortTalk,
    away: { since: now - 49_000, triesAt: null },
  }),
  panel('ended', { ...over, phase: 'ended', endReason: 'hung-up' }),
  panel('past', {}, { pastCalls, does: [lookBack], shows: ['.call'] }),
  panel('past-none', {}, { does: [lookBack], shows: ['.past .hint'] }),
  panel('past-search', {}, { pastCalls, does: [lookBack, { into: '.past input', write: 'boat' }], shows: ['.hit'] }),
  panel('past-call', {}, { pastCalls, does: [lookBack, { press: '.call button' }], shows: ['.past .row'] }),
];
