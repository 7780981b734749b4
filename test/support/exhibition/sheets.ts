/** The pages that fill a tab, and the pill. */
import type { Turn } from '../../../lib/protocol/snapshot.ts';
import type { Exhibit } from './exhibit.ts';
import { assistant, now } from './lines.ts';

const unset = { relay: { url: '', deviceToken: '' } };
const report = { provider: 'openai', model: 'gpt-realtime-2.1', voice: 'marin', limits: [] };

export const welcome: Exhibit[] = [
  { face: 'welcome', name: 'before-consent', agreed: false, settings: unset },
  { face: 'welcome', name: 'relay', settings: unset },
  { face: 'welcome', name: 'relay-code', settings: unset, address: '#relay=https://relay.example&code=ab12-cd34' },
  {
    face: 'welcome',
    name: 'relay-try',
    settings: unset,
    does: [{ press: '.segments label:nth-of-type(3)' }],
    shows: ['.points'],
  },
  {
    face: 'welcome',
    name: 'relay-wrong',
    settings: unset,
    does: [{ into: 'input[type="url"]', write: 'not an address' }, { press: '.test button' }],
    shows: ['.problem'],
  },
  {
    face: 'welcome',
    name: 'relay-good',
    answers: { 'test-relay': report },
    does: [{ press: '.steps button' }, { press: '.test button' }],
    shows: ['.result.good'],
  },
  { face: 'welcome', name: 'microphone', microphone: { permission: 'prompt', opens: 'prompt' } },
  { face: 'welcome', name: 'talk' },
  {
    face: 'welcome',
    name: 'talk-answered',
    snapshot: {
      callId: 'call',
      phase: 'live',
      turn: 'speaking',
      microphone: true,
      liveAt: now - 9000,
      lines: [assistant('I can read the page you are on and talk with you about it.', { at: now + 1000 })],
    },
    level: { microphone: 0, voice: 0.12 },
  },
  { face: 'welcome', name: 'ready', does: [{ press: 'section > .link' }] },
];

export const microphone: Exhibit[] = [
  { face: 'microphone', name: 'explain', microphone: { permission: 'prompt', opens: 'prompt' } },
  { face: 'microphone', name: 'for-call', microphone: { permission: 'prompt', opens: 'prompt' }, address: '?why=call' },
  {
    face: 'microphone',
    name: 'asking',
    microphone: { permission: 'prompt', opens: 'prompt' },
    does: [{ press: '.primary' }],
    shows: ['.tone-work'],
  },
  { face: 'microphone', name: 'heard', microphone: { permission: 'granted', opens: 0.2 }, shows: ['.tone-you'] },
  { face: 'microphone', name: 'quiet', microphone: { permission: 'granted', opens: 0.004 }, shows: ['.primary'] },
  { face: 'microphone', name: 'denied', microphone: { permission: 'denied', opens: 'NotAllowedError' }, shows: ['ol'] },
  {
    face: 'microphone',
    name: 'dismissed',
    microphone: { permission: 'prompt', opens: 'NotAllowedError' },
    does: [{ press: '.primary' }],
    shows: ['.tone-work'],
  },
  {
    face: 'microphone',
    name: 'missing',
    microphone: { permission: 'granted', opens: 'NotFoundError' },
    shows: ['.tone-fault'],
  },
  {
    face: 'microphone',
    name: 'busy',
    microphone: { permission: 'granted', opens: 'NotReadableError' },
    shows: ['.tone-fault'],
  },
];

export const options: Exhibit[] = [
  {
    face: 'options',
    name: 'filled',
    settings: {
      relay: { url: 'https://relay.example', deviceToken: 'dev_0123456789abcdef' },
      model: 'gpt-realtime-2.1',
      instructions: 'Answer in two sentences. I read slowly, so keep the words short.',
      talkMode: 'tap',
      turnEnd: 'meaning',
      neverRead: ['bank.example', 'a-very-long-name-of-a-host-that-does-not-break.hospital.example'],
      askFirst: ['mail.example'],
      microphoneId: 'headset',
    },
    shows: ['main section'],
  },
  {
    face: 'options',
    name: 'relay-tested',
    answers: { 'test-relay': { fault: { code: 'relay-refused' } } },
    does: [{ press: '.test button' }],
    shows: ['.result.bad'],
    crop: 'main section',
  },
];

const pillTurns: (Turn | null)[] = ['listening', 'hearing', 'thinking', 'reading', 'speaking', 'interrupting', 'muted'];

export const pills: Exhibit[] = [
  { face: 'pill', name: 'connecting', snapshot: { phase: 'connecting' } },
  ...pillTurns.map((turn): Exhibit => ({ face: 'pill', name: turn ?? 'none', snapshot: { phase: 'live', turn } })),
  { face: 'pill', name: 'held', snapshot: { phase: 'live', turn: 'held', talkMode: 'hold' } },
];
