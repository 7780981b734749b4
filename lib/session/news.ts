/** What a session tells the call: the provider's events in the call's own words. */
import type { Fault } from '../protocol/faults.ts';

export type News =
  /** The provider is ready for us. `expiresAt`: unix seconds, null when not said. `recogniser`: writes down what is said. */
  | { type: 'ready'; expiresAt: number | null; recogniser?: string }
  | { type: 'person-started'; itemId: string }
  | { type: 'person-stopped'; itemId: string }
  /** The sound of a turn has become an item: what comes now belongs to the next one. */
  | { type: 'person-committed'; itemId: string }
  /** An item took its place in the conversation, after `previousItemId` (null: first or unknown). */
  | {
      type: 'item-added';
      itemId: string;
      previousItemId: string | null;
      item: 'person' | 'assistant' | 'tool' | 'hidden';
    }
  | { type: 'person-text'; itemId: string; text: string; final: boolean }
  | { type: 'person-unheard'; itemId: string }
  /** A recogniser has taken so much speech, and has a bill of its own. */
  | { type: 'person-written'; seconds: number }
  /** A turn was closed in which the provider had heard nothing. */
  | { type: 'input-empty' }
  /** The outputs of tools are there, and the model was asked to go on with them. */
  | { type: 'answer-due' }
  | { type: 'response-started'; responseId: string }
  | {
      type: 'response-done';
      responseId: string;
      inputTokens: number;
      outputTokens: number;
      /** As the provider sent it. */
      usage?: unknown;
      fault: Fault | null;
    }
  | { type: 'assistant-text'; itemId: string; delta: string }
  | { type: 'assistant-final'; itemId: string; text: string }
  /** The voice begins, and ends because it was finished or cleared. */
  | { type: 'voice-started'; responseId: string }
  | { type: 'voice-stopped'; responseId: string; cleared: boolean }
  /** The item was interrupted; this much of its sound was played. */
  | { type: 'cut'; itemId: string; audioEndMs: number }
  | { type: 'tool-call'; itemId: string; callId: string; name: string; argumentsText: string }
  | { type: 'steady'; steady: boolean }
  /** Something went wrong that does not end the session. */
  | { type: 'warning'; fault: Fault }
  /** The session is over. */
  | { type: 'lost'; fault: Fault };
