import type { SessionContext } from './context.ts';

/**
 * Shortens an assistant's spoken item to what was heard. Its transcript goes, as nobody can tell which of its words
 * were still heard (realtime-protocol 3.8). Does nothing for an item outside the conversation.
 */
export function truncate(
  { conversation, recordings, emit }: Pick<SessionContext, 'conversation' | 'recordings' | 'emit'>,
  itemId: string,
  contentIndex: number,
  audioEndMs: number,
): void {
  const entry = conversation.find(itemId);
  if (entry?.item.type !== 'message' || entry.item.role !== 'assistant') return;
  entry.audioMs = Math.min(entry.audioMs, audioEndMs);
  const content = entry.item.content.map((part) => (part.type === 'output_audio' ? { type: part.type } : part));
  recordings.cut(itemId, audioEndMs);
  conversation.put({ ...entry.item, content });
  emit({ type: 'conversation.item.truncated', item_id: itemId, content_index: contentIndex, audio_end_ms: audioEndMs });
}
