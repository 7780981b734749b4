/**
 * Wishes to the whole session object of the Realtime API (realtime-protocol, section 2). The relay writes it; the
 * client only chooses among what is allowed. Attached to the secret, it is in force before the first frame of sound.
 */
import type { ToolDefinition, TurnDetection, Wishes } from '../../lib/protocol/wishes.ts';
import type { Term } from './glossary.ts';
import { composeInstructions } from './instructions.ts';
import { Refusal } from '../refusal.ts';
import { transcriptionOf, type Transcription } from './transcription.ts';

export interface SessionPolicy {
  model: string;
  /** Null: a wish for a model is not looked at, and the one above is used. */
  models: readonly string[] | null;
  /** What the provider calls them, where that is something else: an Azure deployment has a name of its own. */
  modelNames: ReadonlyMap<string, string>;
  voice: string;
  voices: readonly string[];
  /** Null: the person's own words are not written down. */
  transcriptionModel: string | null;
  /** Those that a person may wish for; null: any. */
  instructions: readonly string[] | null;
  organisationInstructions: string;
  glossary: readonly Term[];
}

export interface SessionConfig {
  type: 'realtime';
  model: string;
  output_modalities: ['audio'] | ['text'];
  instructions: string;
  tools: ToolDefinition[];
  tool_choice: 'auto';
  reasoning?: { effort: 'low' };
  audio: {
    input: {
      turn_detection: TurnDetection;
      transcription?: Transcription;
      noise_reduction?: { type: 'near_field' | 'far_field' };
    };
    output: { voice: string };
  };
}

/** The provider's own default is 200 ms of silence, which talks into every pause for thought; its guide says 500. */
const defaultTurnDetection: TurnDetection = {
  type: 'server_vad',
  threshold: 0.5,
  prefix_padding_ms: 300,
  silence_duration_ms: 500,
  create_response: true,
  interrupt_response: true,
};

/** A laptop's microphone hears the room and its own loudspeaker: that is far. Off is the provider's default. */
const noiseReductions = {
  near: { noise_reduction: { type: 'near_field' } },
  far: { noise_reduction: { type: 'far_field' } },
  off: {},
} as const;

/** The gpt-realtime-2 family, and not `gpt-realtime-2025-08-28`, whose name begins the same. */
const reasons = /^gpt-realtime-2(?!0\d\d-)/;

/** Throws an `invalid_request` refusal that names what is allowed. */
export function buildSession(wishes: Wishes, policy: SessionPolicy): SessionConfig {
  const model = policy.models ? choose('model', wishes.model ?? policy.model, policy.models) : policy.model;
  const voice = choose('voice', wishes.voice ?? policy.voice, policy.voices);
  checkInstructions(wishes.instructions?.trim() ?? '', policy.instructions);
  return {
    type: 'realtime',
    model: policy.modelNames.get(model) ?? model,
    output_modalities: wishes.output === 'text' ? ['text'] : ['audio'],
    instructions: composeInstructions({
      organisation: policy.organisationInstructions,
      glossary: policy.glossary,
      person: wishes.instructions,
      language: wishes.language,
    }),
    tools: wishes.tools ?? [],
    tool_choice: 'auto',
    // Older models refuse the whole session for this one key.
    ...(reasons.test(model) ? { reasoning: { effort: 'low' as const } } : {}),
    audio: {
      input: {
        turn_detection: wishes.turnDetection === undefined ? defaultTurnDetection : wishes.turnDetection,
        // Off is the provider's default.
        ...(policy.transcriptionModel === null
          ? {}
          : { transcription: transcriptionOf(policy.transcriptionModel, wishes.language, policy.glossary) }),
        ...noiseReductions[wishes.noiseReduction ?? 'far'],
      },
      output: { voice },
    },
  };
}

function choose(param: 'model' | 'voice', wish: string, allowed: readonly string[]): string {
  if (allowed.includes(wish)) return wish;
  throw new Refusal(
    'invalid_request',
    `This relay does not allow the ${param} "${wish}". Allowed: ${allowed.join(', ')}.`,
    { param },
  );
}

function checkInstructions(wish: string, allowed: readonly string[] | null): void {
  if (wish === '' || allowed === null || allowed.includes(wish)) return;
  const words =
    allowed.length === 0
      ? "This relay allows no instructions of a person's own. Clear them in the options."
      : `This relay allows only certain instructions. Choose one in the options: ${allowed.map((each) => `"${each}"`).join(', ')}`;
  throw new Refusal('invalid_request', words.slice(0, 500), { param: 'instructions' });
}
