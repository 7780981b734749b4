/** What a client can send, and what each does (realtime-protocol 3.1). */
import * as z from 'zod';
import { updatedConfig } from './config.ts';
import type { SessionContext } from './context.ts';
import { toEntry } from './entry.ts';
import { ProtocolError, parseOrRefuse } from './errors.ts';
import { newItem } from './items.ts';
import type { Listening } from './listening.ts';
import type { Responding } from './responding.ts';
import { responseOverrides } from './response-spec.ts';
import { truncate } from './truncation.ts';

export interface Floor {
  context: SessionContext;
  listening: Listening;
  responding: Responding;
}

type Command = (event: unknown, floor: Floor) => void;

const itemId = z.string().check(z.maxLength(64));

/** One command: its fields beside `type` and `event_id`, and what it does. Throws `ProtocolError` to refuse. */
function command<Shape extends z.ZodRawShape>(
  fields: Shape,
  run: (event: z.output<z.ZodObject<Shape, z.core.$strict>>, floor: Floor) => void,
): Command {
  const schema = z.strictObject(fields);
  return (event, floor) => run(parseOrRefuse(schema, event, ''), floor);
}

const commands: Record<string, Command> = {
  'session.update': command({ session: z.unknown() }, ({ session }, { context, listening }) => {
    if (session === undefined)
      throw new ProtocolError('missing_required_parameter', "Missing required parameter: 'session'.", 'session');
    const before = JSON.stringify(context.config.audio.input.turn_detection);
    const voiceLocked = context.conversation.entries.some(
      ({ item, audioMs }) => audioMs > 0 && item.type === 'message' && item.role === 'assistant',
    );
    context.config = updatedConfig(context.config, session, { voiceLocked, running: true });
    if (JSON.stringify(context.config.audio.input.turn_detection) !== before) listening.detectionChanged();
    context.emit({ type: 'session.updated', session: context.config });
  }),

  'input_audio_buffer.commit': command({}, (_event, { listening }) => listening.commit()),
  'input_audio_buffer.clear': command({}, (_event, { listening }) => listening.clear()),

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
    context.emit({ type: 'conversation.item.retrieved', item: entry.item });
  }),

  'conversation.item.delete': command({ item_id: itemId }, ({ item_id: id }, { context }) => {
    if (!context.conversation.remove(id)) {
      throw new ProtocolError(
        'item_delete_invalid_item_id',
        `Error deleting item: the item with id '${id}' does not exist.`,
        'item_id',
      );
    }
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

  'response.create': command({ response: z.optional(responseOverrides) }, ({ response }, { responding }) =>
    responding.start(response ?? {}),
  ),
  'response.cancel': command({ response_id: z.optional(itemId) }, ({ response_id: id }, { responding }) =>
    responding.cancel(id),
  ),
  'output_audio_buffer.clear': command({}, (_event, { responding }) => responding.clearOutput()),
};

/** Carries out one client event. Throws {@link ProtocolError} when it is refused, having changed nothing. */
export function carryOut(event: object, floor: Floor): void {
  const { type, event_id: eventId, ...fields } = event as Record<string, unknown>;
  if (type === undefined)
    throw new ProtocolError('missing_required_parameter', "Missing required parameter: 'type'.", 'type');
  if (eventId !== undefined && (typeof eventId !== 'string' || eventId.length > 512)) {
    throw new ProtocolError('invalid_type', "Invalid type for 'event_id': expected a string.", 'event_id');
  }
  const chosen = typeof type === 'string' && Object.hasOwn(commands, type) ? commands[type] : undefined;
  if (!chosen) {
    const supported = Object.keys(commands).map((each) => `'${each}'`);
    throw new ProtocolError(
      'invalid_value',
      `Invalid value: '${String(type).slice(0, 100)}'. Supported values are: ${supported.join(', ')}.`,
      'type',
    );
  }
  chosen(fields, floor);
}
