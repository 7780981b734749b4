/**
 * From a person's patience and room to the provider's turn detection (realtime-protocol 2.4). Pure; shared by the call,
 * which sends it, and the options, which show the figures behind the words.
 */
import type { CallPlan, TalkSettings } from './messages.ts';
import type { Eagerness, Patience } from './settings.ts';

export interface Figures {
  /** 0 to 1: how sure the provider must be that it hears speech. */
  threshold: number;
  /** Silence that ends a turn. */
  silenceMs: number;
  /** Sound kept from before the speech was noticed. */
  prefixMs: number;
  eagerness: Eagerness;
}

/** The provider's guide says 500 ms, its own default of 200 talks into pauses; below 200 every breath ends a turn. */
const silenceMsOf: Record<Patience, number> = { 0: 200, 1: 350, 2: 500, 3: 900, 4: 1600 };
/** It waits for 2, 4 or 8 seconds at most; `auto` is the same as `medium`. */
const eagernessOf: Record<Patience, Eagerness> = { 0: 'high', 1: 'high', 2: 'auto', 3: 'low', 4: 'low' };

const usualThreshold = 0.5;
/** In a noisy room the provider must be surer before it takes a sound for a turn. */
const noisyThreshold = 0.7;

type Chosen = Pick<TalkSettings, 'patience' | 'threshold' | 'silenceMs' | 'prefixMs' | 'eagerness' | 'noisyRoom'>;

/** What is in force: the person's own figures where they gave any. */
export function figuresOf({ patience, threshold, silenceMs, prefixMs, eagerness, noisyRoom }: Chosen): Figures {
  return {
    threshold: threshold ?? (noisyRoom ? noisyThreshold : usualThreshold),
    silenceMs: silenceMs ?? silenceMsOf[patience],
    prefixMs: prefixMs ?? 300,
    eagerness: eagerness ?? eagernessOf[patience],
  };
}

/** As `turn_detection` of a session. Structurally the wish of the same name; no key is ever undefined. */
export type TurnTaking =
  | null
  | {
      type: 'server_vad';
      threshold: number;
      prefix_padding_ms: number;
      silence_duration_ms: number;
      create_response: boolean;
      interrupt_response: boolean;
    }
  | { type: 'semantic_vad'; eagerness: Eagerness; create_response: boolean; interrupt_response: boolean };

/**
 * Null in tap and hold: there the person says when a turn begins and ends. Where nothing is heard, nothing is talked over:
 * a voice would cut an answer that is being read, and the model would forget the rest of it.
 */
export function turnTakingOf({ talk, answers }: Pick<CallPlan, 'talk' | 'answers'>): TurnTaking {
  if (talk.mode !== 'hands-free') return null;
  const { threshold, silenceMs, prefixMs, eagerness } = figuresOf(talk);
  const reaction = { create_response: true, interrupt_response: answers === 'voice' && !talk.noisyRoom };
  if (talk.turnEnd === 'meaning') return { type: 'semantic_vad', eagerness, ...reaction };
  return {
    type: 'server_vad',
    threshold,
    prefix_padding_ms: prefixMs,
    silence_duration_ms: silenceMs,
    ...reaction,
  };
}
