import type { Item } from './items.ts';
import type { ResponseSpec } from './response-spec.ts';
import type { Usage } from './usage.ts';

export interface ResponseState {
  id: string;
  status: string;
  details: Record<string, unknown> | null;
  /** The finished items. */
  output: Item[];
  conversationId: string;
  /** Null while it runs. */
  usage: Usage | null;
}

/** The `response` object of `response.created` and `response.done` (realtime-protocol 3.2). */
export function responseBody(spec: ResponseSpec, state: ResponseState): Record<string, unknown> {
  return {
    object: 'realtime.response',
    id: state.id,
    status: state.status,
    status_details: state.details,
    output: state.output,
    conversation_id: spec.outOfBand ? null : state.conversationId,
    output_modalities: [spec.modality],
    max_output_tokens: spec.maxOutputTokens,
    audio: { output: { format: spec.format, voice: spec.voice } },
    usage: state.usage,
    metadata: spec.metadata,
  };
}
