/** What a person, a provider and a machine may do in the middle of a call. Each step takes a number that picks its shape. */
import type { FaultCode } from '../../../lib/protocol/faults.ts';
import type { CallPlan } from '../../../lib/protocol/messages.ts';
import { microphoneAnswers } from '../../../lib/protocol/snapshot.ts';
import { plan } from '../../unit/call/play.ts';
import type { Manners, World } from './world.ts';
import type { Weather } from './provider.ts';

const faults: FaultCode[] = [
  'relay-unreachable',
  'relay-timeout',
  'relay-limit',
  'relay-refused',
  'relay-not-a-relay',
  'provider-refused',
  'provider-quota',
  'provider-busy',
  'provider-error',
  'connection-failed',
  'connection-lost',
  'session-expired',
  'internal',
];
const stages: Weather['stage'][] = ['grant', 'line', 'greeting'];
const microphones: Manners['microphone'][] = [
  'slow',
  'microphone-needed',
  'microphone-denied',
  'microphone-missing',
  'microphone-busy',
];

const pick = <T>(list: readonly T[], shape: number): T => list[shape % list.length]!;

function planOf(shape: number, microphone: boolean): CallPlan {
  const usual = plan({ microphone });
  return {
    ...usual,
    talk: { ...usual.talk, mode: pick(['hands-free', 'tap', 'hold'] as const, shape) },
    answers: pick(['voice', 'text'] as const, shape >> 2),
    digest: (shape & 8) !== 0,
    limits: {
      callUsd: pick([null, null, 1], shape >> 4),
      dayUsd: pick([null, null, 5], shape >> 5),
      idleAfterMs: pick([null, 60_000, 180_000], shape >> 6),
    },
  };
}

/** The last one, or one that was kept long ago. */
function resume({ call, clock: time }: World, shape: number): void {
  if (call.active) return;
  const kept = { kind: 'person', id: 'kept_1', at: 1, text: 'Kept words.', state: 'final', typed: true } as const;
  const { callId, lines } = call.snapshot();
  const earlier = callId === null ? { callId: 'kept', lines: [kept] } : { callId, lines };
  call.start(planOf(shape, (shape & 1) === 0), null, { ...earlier, at: time.wall() - 1000 });
}

/** The clock on the wall is set, or the machine sleeps. */
function setClock({ clock: time }: World, shape: number): void {
  const hour = 3_600_000;
  if (shape % 3 === 0) time.wallOffMs += hour;
  else if (shape % 3 === 1) time.wallOffMs -= hour;
  else time.sleep(pick([10_000, 45_000, 600_000], shape >> 2));
}

const strange = [
  { type: 'response.done', response: { id: 'nobody', status: 'completed', usage: { input_tokens: 5 } } },
  { type: 'response.output_audio_transcript.delta', response_id: 'r', item_id: 'late_1', delta: 'Late words. ' },
  { type: 'input_audio_buffer.speech_started', item_id: 'late_2', audio_start_ms: 0 },
  { type: 'response.created', response: { id: 'late_3' } },
  { type: 'error', error: { code: 'session_expired', message: 'over' } },
  { type: 'session.created', session: { id: 's' } },
].map((event) => Object.assign(event, { output_index: 0, content_index: 0 }));

/** By name, with how often each is taken beside the others. */
export const steps: Record<string, { weight: number; run(world: World, shape: number): void }> = {
  // The first, because a walk that goes wrong is made of these as far as it can.
  wait: { weight: 1, run: () => undefined },
  'start a spoken call': { weight: 6, run: ({ call }, shape) => call.start(planOf(shape, true)) },
  'start a typed call': { weight: 3, run: ({ call }, shape) => call.start(planOf(shape, false), 'Typed words.') },
  'go on with a kept call': { weight: 1, run: resume },
  end: { weight: 2, run: ({ call }) => call.end() },
  mute: { weight: 2, run: ({ call }, shape) => call.mute((shape & 1) === 0) },
  'press the talk key': { weight: 3, run: ({ call }) => call.talkBegin() },
  'let go of the talk key': { weight: 3, run: ({ call }, shape) => call.talkEnd((shape & 3) !== 0) },
  'stop the answer': { weight: 2, run: ({ call }) => call.stopAnswer() },
  type: { weight: 4, run: ({ call }, shape) => call.say(`Words ${shape}.`) },
  'change the settings': { weight: 2, run: ({ call }, shape) => call.adjust(planOf(shape, true)) },
  'open a view': { weight: 2, run: ({ call }, shape) => call.warm(planOf(shape & 3, true)) },
  'allow what was refused': { weight: 1, run: ({ call }) => call.goOn() },
  'answer for the microphone': {
    weight: 3,
    run: ({ call }, shape) => call.permissionAnswered(pick(['granted', ...microphoneAnswers] as const, shape)),
  },
  speak: {
    weight: 5,
    run({ ear, earEvents, provider: { line }, clock: { now } }, shape) {
      ear?.speakUntil(performance.now() + 1500);
      earEvents?.level({ microphone: 0.2, voice: 0, microphoneFrames: 1200, microphoneZero: false });
      earEvents?.onset({ kind: pick(['maybe', 'sure', 'over'] as const, shape), from: now.length });
      line?.hearSpeech(1500, (shape & 7) !== 0);
    },
  },
  'be silent like a pulled microphone': {
    weight: 1,
    run({ earEvents }) {
      const zeros = { microphone: 0, voice: 0, microphoneFrames: 1200, microphoneZero: true };
      for (let report = 0; report < 90; report += 1) earEvents?.level(zeros);
    },
  },
  'lose the line': { weight: 6, run: ({ provider: { line } }, shape) => line?.lose(pick(faults, shape)) },
  'make the provider silent': {
    weight: 3,
    run: ({ provider: { line } }, shape) => line?.silence(pick([4000, 7000, 1e9], shape)),
  },
  'shake the line': { weight: 1, run: ({ provider: { line } }, shape) => line?.unsteady(pick([500, 5000], shape)) },
  'hear from an old line': {
    weight: 4,
    run({ provider: { lines } }, shape) {
      const old = lines.findLast(({ closed }) => closed);
      old?.haunt(pick(strange, shape));
      if ((shape & 32) !== 0) old?.hauntedLoss();
      if ((shape & 64) !== 0) old?.voice();
    },
  },
  'hear something strange': {
    weight: 2,
    run({ provider: { line, lines } }, shape) {
      const event = pick(strange.slice(0, 4), shape);
      // A provider gives no name twice, in whichever call.
      line?.tell('item_id' in event ? { ...event, item_id: `${event.item_id}_${lines.length}` } : event);
    },
  },
  'have attempts fail': {
    weight: 4,
    run({ provider }, shape) {
      const how = pick([...faults, 'hangs', 'hangs', 'late'] as const, shape >> 2);
      provider.weather = { stage: pick(stages, shape), how, ...(shape & 512 ? { retryAfterS: 20 } : {}) };
    },
  },
  'have attempts succeed': {
    weight: 4,
    run: ({ provider }) => void (provider.weather = { stage: 'grant', how: 'fine' }),
  },
  'have sessions end soon': {
    weight: 2,
    run: ({ provider }, shape) => void (provider.sessionS = pick([null, 20, 90], shape)),
  },
  'have waiting be free': {
    weight: 1,
    run: ({ provider }, shape) => void (provider.freeWhileIdle = (shape & 1) === 0),
  },
  'have microphones misbehave': {
    weight: 2,
    run: ({ manners }, shape) => void (manners.microphone = pick(microphones, shape)),
  },
  'have microphones work': { weight: 3, run: ({ manners }) => void (manners.microphone = 'fine') },
  'pull the microphone': { weight: 2, run: ({ microphone }) => microphone?.lost() },
  'mute the microphone by a switch': {
    weight: 1,
    run: ({ microphone }, shape) => microphone?.systemMuted((shape & 1) === 0),
  },
  'plug something in': { weight: 1, run: ({ deviceChanged }) => deviceChanged?.() },
  'have the model read': { weight: 2, run: ({ provider }, shape) => void (provider.asksTool = (shape & 1) === 0) },
  'have tools misbehave': {
    weight: 1,
    run: ({ manners }, shape) => void (manners.tool = pick(['fine', 'fails', 'never'] as const, shape)),
  },
  'have no worklet': {
    weight: 1,
    run: ({ manners }, shape) => void (manners.ear = pick(['fails', 'fine'] as const, shape)),
  },
  'spend much': {
    weight: 1,
    run({ provider, manners }, shape) {
      provider.tokens = pick([10, 30_000, 1_000_000], shape);
      manners.spentToday = pick([0, 4.5, 10], shape >> 2);
    },
  },
  'lose the books': {
    weight: 1,
    run: ({ manners }, shape) => void (manners.books = pick(['fine', 'fail', 'never'] as const, shape)),
  },
  'set the clock, or sleep': { weight: 2, run: setClock },
};
