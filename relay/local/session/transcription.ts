import type { SessionContext } from './context.ts';
import { padded } from './ids.ts';
import type { Entry, Heard } from './items.ts';
import { transcriptionUsage } from './usage.ts';

/** The one model whose transcription comes as a single delta (2.3). */
const WHOLE_AT_ONCE = 'whisper-1';

const FAILURES = {
  audio_unintelligible: { code: 'audio_unintelligible', message: 'The audio could not be transcribed.' },
  phrase_unknown: {
    code: 'audio_unintelligible',
    message: 'The audio could not be transcribed: the local engine knows only a few phrases in this language.',
  },
  language_unsupported: {
    code: 'language_unsupported',
    message: 'The local engine transcribes speech in English only.',
  },
} as const;

/** Tells the client what was said in a turn, if its session asked for transcription (realtime-protocol 3.5). */
export function reportTranscription(
  { config, conversation, emit, ids }: SessionContext,
  entry: Entry,
  heard: Heard,
): void {
  const { item } = entry;
  const { transcription } = config.audio.input;
  if (!transcription || item.type !== 'message' || item.role !== 'user') return;
  const at = { item_id: item.id, content_index: 0 };
  if ('fault' in heard) {
    const error = { type: 'transcription_error', ...FAILURES[heard.fault] };
    emit({ type: 'conversation.item.input_audio_transcription.failed', ...at, error });
    return;
  }
  conversation.put({ ...item, content: [{ type: 'input_audio', transcript: heard.text }] });
  const pieces = transcription.model === WHOLE_AT_ONCE ? [heard.text] : heard.text.match(/\s*\S+/g);
  for (const word of pieces ?? []) {
    emit({ type: 'conversation.item.input_audio_transcription.delta', ...at, ...padded(word, ids) });
  }
  emit({
    type: 'conversation.item.input_audio_transcription.completed',
    ...at,
    transcript: heard.text,
    usage: transcriptionUsage(transcription.model, entry.audioMs, heard.text),
  });
}
