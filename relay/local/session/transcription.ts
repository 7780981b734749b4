import type { SessionContext } from './context.ts';
import { padded } from './ids.ts';
import type { Entry, Heard } from './items.ts';

const FAILURES = {
  audio_unintelligible: 'The audio could not be transcribed.',
  language_unsupported: 'The local engine transcribes speech in English only.',
} as const;

/** Tells the client what was said in a turn, if its session asked for transcription (realtime-protocol 3.5). */
export function reportTranscription(
  { config, conversation, emit, ids }: SessionContext,
  entry: Entry,
  heard: Heard,
): void {
  const { item } = entry;
  if (!config.audio.input.transcription || item.type !== 'message') return;
  const at = { item_id: item.id, content_index: 0 };
  if ('fault' in heard) {
    const error = { type: 'transcription_error', code: heard.fault, message: FAILURES[heard.fault] };
    emit({ type: 'conversation.item.input_audio_transcription.failed', ...at, error });
    return;
  }
  conversation.put({ ...item, content: [{ type: 'input_audio', transcript: heard.text }] });
  for (const word of heard.text.match(/\s*\S+/g) ?? []) {
    emit({ type: 'conversation.item.input_audio_transcription.delta', ...at, ...padded(word, ids) });
  }
  emit({
    type: 'conversation.item.input_audio_transcription.completed',
    ...at,
    transcript: heard.text,
    usage: { type: 'duration', seconds: Math.round(entry.audioMs / 100) / 10 },
  });
}
