/** One server event in the call's words. Pure; `error` is the session's own business. */
import type { RealtimeItem, ServerEvent } from '../protocol/realtime.ts';
import { faultOfResponse } from './classify.ts';
import { isHistory } from './history.ts';
import type { News } from './news.ts';
import { recogniserOf, secondsOf } from './recogniser.ts';

export function newsOf(event: ServerEvent): News[] {
  switch (event.type) {
    case 'session.created':
      return [ready(event.session.expires_at ?? null, recogniserOf(event.session))];
    case 'input_audio_buffer.speech_started':
      return [{ type: 'person-started', itemId: event.item_id }];
    case 'input_audio_buffer.speech_stopped':
      return [{ type: 'person-stopped', itemId: event.item_id }];
    case 'input_audio_buffer.committed':
      return [
        { type: 'person-committed', itemId: event.item_id },
        placed(event.item_id, event.previous_item_id, 'person'),
      ];
    case 'conversation.item.added':
      return event.item.id ? [placed(event.item.id, event.previous_item_id, kindOf(event.item))] : [];
    case 'conversation.item.input_audio_transcription.delta':
      return [{ type: 'person-text', itemId: event.item_id, text: event.delta ?? '', final: false }];
    case 'conversation.item.input_audio_transcription.completed':
      return [
        { type: 'person-text', itemId: event.item_id, text: event.transcript.trim(), final: true },
        { type: 'person-written', seconds: secondsOf(event['usage']) },
      ];
    case 'conversation.item.input_audio_transcription.failed':
      return [{ type: 'person-unheard', itemId: event.item_id }];
    case 'conversation.item.truncated':
      return [{ type: 'cut', itemId: event.item_id, audioEndMs: event.audio_end_ms }];
    case 'response.created':
      return [{ type: 'response-started', responseId: event.response.id ?? '' }];
    case 'response.output_audio_transcript.delta':
    case 'response.output_text.delta':
      return [{ type: 'assistant-text', itemId: event.item_id, delta: event.delta }];
    case 'response.output_audio_transcript.done':
      return [{ type: 'assistant-final', itemId: event.item_id, text: event.transcript }];
    case 'response.output_text.done':
      return [{ type: 'assistant-final', itemId: event.item_id, text: event.text }];
    case 'response.output_item.done':
      return toolCall(event.item);
    case 'response.done':
      return [
        {
          type: 'response-done',
          responseId: event.response.id ?? '',
          inputTokens: tokensIn(event.response.usage, 'input_tokens'),
          outputTokens: tokensIn(event.response.usage, 'output_tokens'),
          usage: event.response.usage,
          fault: faultOfResponse(event.response),
        },
      ];
    case 'output_audio_buffer.started':
      return [{ type: 'voice-started', responseId: event.response_id }];
    case 'output_audio_buffer.stopped':
      return [{ type: 'voice-stopped', responseId: event.response_id, cleared: false }];
    case 'output_audio_buffer.cleared':
      return [{ type: 'voice-stopped', responseId: event.response_id, cleared: true }];
    case 'error':
      return [];
  }
}

/** More than any context holds is damage. */
const mostTokens = 100_000_000;

function tokensIn(usage: unknown, which: 'input_tokens' | 'output_tokens'): number {
  const count = Object(usage)[which];
  return typeof count === 'number' && count > 0 && count <= mostTokens ? count : 0;
}

function ready(expiresAt: number | null, recogniser: string | undefined): News {
  return { type: 'ready', expiresAt, ...(recogniser === undefined ? {} : { recogniser }) };
}

function placed(
  itemId: string,
  previous: string | null | undefined,
  item: 'person' | 'assistant' | 'tool' | 'hidden',
): News {
  return { type: 'item-added', itemId, previousItemId: previous ?? null, item };
}

function kindOf(item: RealtimeItem): 'person' | 'assistant' | 'tool' | 'hidden' {
  if (item.type === 'function_call') return 'tool';
  if (item.type !== 'message' || isHistory(item.id ?? '')) return 'hidden';
  if (item.role === 'user') return isPicture(item) ? 'hidden' : 'person';
  return item.role === 'assistant' ? 'assistant' : 'hidden';
}

/** A tool's picture goes out as an item of the person's, who said nothing. */
function isPicture({ content }: RealtimeItem): boolean {
  return Array.isArray(content) && content.some((part: unknown) => Object(part).type === 'input_image');
}

/** Only a complete call is run: the arguments of an interrupted one may be cut anywhere. */
function toolCall(item: RealtimeItem): News[] {
  if (item.type !== 'function_call' || item.status === 'incomplete' || !item.id || !item.call_id || !item.name)
    return [];
  return [
    {
      type: 'tool-call',
      itemId: item.id,
      callId: item.call_id,
      name: item.name,
      argumentsText: item.arguments ?? '',
    },
  ];
}
