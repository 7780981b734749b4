/** What a client can do to the items of its conversation (realtime-protocol 3.1, 3.8). */
import * as z from 'zod';
import { command, itemId, type Command } from './command.ts';
import type { SessionContext } from './context.ts';
import { toEntry } from './entry.ts';
import { ProtocolError } from './errors.ts';
import { newItem } from './item-schema.ts';
import type { Item } from './items.ts';
import { truncate } from './truncation.ts';

export const itemCommands: Record<string, Command> = {
  'conversation.item.create': command(
    { item: newItem, previous_item_id: z.optional(z.nullable(itemId)) },
    ({ item, previous_item_id: after }, { context }) => {
      if (item.type === 'function_call_output' && !context.conversation.hasCall(item.call_id)) {
        throw new ProtocolError(
          'invalid_tool_call_id',
          `Tool call ID '${item.call_id}' not found in conversation.`,
          'item.call_id',
        );
      }
      // Everything that can be refused is, before any sound is kept or listened to.
      context.conversation.checkPlace(item.id, after ?? undefined);
      const entry = toEntry(item, context);
      const previous = context.conversation.add(entry, after ?? undefined);
      context.emit({ type: 'conversation.item.added', previous_item_id: previous, item: entry.item });
      context.emit({ type: 'conversation.item.done', previous_item_id: previous, item: entry.item });
    },
  ),

  'conversation.item.retrieve': command({ item_id: itemId }, ({ item_id: id }, { context }) => {
    const entry = context.conversation.find(id);
    if (!entry)
      throw new ProtocolError(
        'item_retrieve_invalid_item_id',
        `Error retrieving item: the item with id '${id}' does not exist.`,
        'item_id',
      );
    context.emit({ type: 'conversation.item.retrieved', item: withSound(entry.item, context) });
  }),

  'conversation.item.delete': command({ item_id: itemId }, ({ item_id: id }, { context }) => {
    if (!context.conversation.remove(id)) {
      throw new ProtocolError(
        'item_delete_invalid_item_id',
        `Error deleting item: the item with id '${id}' does not exist.`,
        'item_id',
      );
    }
    context.recordings.forget(id);
    context.emit({ type: 'conversation.item.deleted', item_id: id });
  }),

  'conversation.item.truncate': command(
    { item_id: itemId, content_index: z.int().check(z.gte(0)), audio_end_ms: z.int().check(z.gte(0)) },
    ({ item_id: id, content_index: index, audio_end_ms: endMs }, { context }) => {
      const entry = context.conversation.find(id);
      if (!entry)
        throw new ProtocolError(
          'item_truncate_invalid_item_id',
          `Error truncating item: the item with id '${id}' does not exist.`,
          'item_id',
        );
      const part = entry.item.type === 'message' ? entry.item.content[index] : undefined;
      if (part?.type !== 'output_audio') {
        throw new ProtocolError('invalid_value', 'Only model output audio messages can be truncated.', 'item_id');
      }
      const lengthMs = Math.floor(entry.audioMs);
      truncate(context, id, index, Math.min(endMs, lengthMs));
      // The API both shortens to what there is and complains.
      if (endMs > lengthMs) {
        throw new ProtocolError(
          'invalid_value',
          `Audio content of ${lengthMs}ms is already shorter than ${endMs}ms`,
          'audio_end_ms',
        );
      }
    },
  ),
};

/** The largest message a browser takes on a data channel, less what is around the sound (realtime-protocol 4.5). */
const MOST_ON_CHANNEL = 256 * 1024 - 4096;

/**
 * An item with its sound, PCM16 24 kHz in base64 whatever the session's formats are. Left out where it would be more
 * than a data channel carries, and when it is too long ago.
 */
function withSound(item: Item, { recordings, output }: SessionContext): Item {
  if (item.type !== 'message') return item;
  const audio = recordings.base64(item.id);
  if (audio === null || (output.buffered && audio.length > MOST_ON_CHANNEL)) return item;
  if (item.role === 'user') {
    const content = item.content.map((part) => (part.type === 'input_audio' ? { ...part, audio } : part));
    return { ...item, content };
  }
  if (item.role === 'system') return item;
  const content = item.content.map((part) => (part.type === 'output_audio' ? { ...part, audio } : part));
  return { ...item, content };
}
