/** Plays happenings against the machine, as a person would tell them. */
import type { CallEvent, Effect, Happening } from '../../../lib/call/events.ts';
import { transition } from '../../../lib/call/machine.ts';
import { idleState, type CallState } from '../../../lib/call/state.ts';
import type { CallPlan } from '../../../lib/protocol/messages.ts';
import type { News } from '../../../lib/session/news.ts';

export type { Happening };

export function plan(change: Partial<CallPlan> = {}): CallPlan {
  return {
    microphone: true,
    relayUrl: 'http://127.0.0.1:8787',
    deviceToken: 'token',
    model: '',
    voice: '',
    language: 'en',
    instructions: '',
    transport: 'auto',
    talk: {
      mode: 'hands-free',
      patience: 2,
      turnEnd: 'silence',
      threshold: null,
      silenceMs: null,
      prefixMs: null,
      eagerness: null,
      noisyRoom: false,
    },
    answers: 'voice',
    sound: {
      microphoneId: '',
      speakerId: '',
      echoCancellation: true,
      noiseSuppression: true,
      autoGain: true,
      noiseReduction: 'far',
      sounds: true,
    },
    digest: false,
    limits: { callUsd: null, dayUsd: null, idleAfterMs: null },
    keep: false,
    ...change,
  };
}

/** The same plan in another way of talking. */
export function talking(change: Partial<CallPlan['talk']>): CallPlan {
  const usual = plan();
  return { ...usual, talk: { ...usual.talk, ...change } };
}

export function news(value: News): Happening {
  return { type: 'news', attempt: 1, news: value };
}

/** `effects`: all of them; `last`: those of the last happening. Time passes by a second each. */
export function play(happenings: Happening[], from: CallState = idleState) {
  let state = from;
  let last: Effect[] = [];
  const effects: Effect[] = [];
  for (const [index, happening] of happenings.entries()) {
    const step = transition(state, { ...happening, at: (index + 1) * 1000 } as CallEvent);
    state = step.state;
    last = step.effects;
    effects.push(...last);
  }
  return { state, effects, last };
}

export function spokenCallUp(made: CallPlan = plan()): CallState {
  return play([
    { type: 'start', callId: 'call-1', plan: made, say: null },
    { type: 'microphone-open', attempt: 1 },
    { type: 'session-open', attempt: 1, provider: 'local', model: 'local', transport: 'webrtc', reason: null },
    news({ type: 'ready', expiresAt: null }),
  ]).state;
}
