import type { WireResponse, WireUsage } from './events.ts';
import type { Item } from './items.ts';
import type { ResponseSpec } from './response-spec.ts';

export interface ResponseState {
  id: string;
  status: NonNullable<WireResponse['status']>;
  details: WireResponse['status_details'];
  /** The finished items. */
  output: Item[];
  conversationId: string;
  /** Null while it runs, and when it failed. */
  usage: WireUsage | null;
}

/** The `response` object of `response.created` and `response.done` (realtime-protocol 3.2). */
export function responseBody(spec: ResponseSpec, state: ResponseState): WireResponse {
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
