/** What a client can send, and what each does (realtime-protocol 3.1). */
import * as z from 'zod';
import { MAX_APPEND_BYTES } from '../audio/appended-sound.ts';
import { command, itemId, type Command, type Floor } from './command.ts';
import { updatedConfig } from './config.ts';
import { ProtocolError } from './errors.ts';
import { itemCommands } from './item-commands.ts';
import { responseOverrides } from './response-spec.ts';

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

  'input_audio_buffer.append': command(
    { audio: z.string().check(z.maxLength(MAX_APPEND_BYTES)) },
    ({ audio }, { append }) => append(audio),
  ),
  'input_audio_buffer.commit': command({}, (_event, { listening }) => listening.commit()),
  'input_audio_buffer.clear': command({}, (_event, { listening }) => listening.clear()),

  ...itemCommands,

  'response.create': command({ response: z.optional(responseOverrides) }, ({ response }, { responding }) =>
    responding.start(response ?? {}),
  ),
  'response.cancel': command({ response_id: z.optional(itemId) }, ({ response_id: id }, { responding }) =>
    responding.cancel(id),
  ),
  'output_audio_buffer.clear': command({}, (_event, { responding }) => responding.clearOutput()),
};

/** What the API says it takes over WebSocket (3.1), two words of its other session types included. */
const SOCKET_EVENTS = [
  'session.update',
  'session.close',
  'input_audio_buffer.append',
  'session.input_audio_buffer.append',
  'input_audio_buffer.commit',
  'input_audio_buffer.clear',
  'conversation.item.create',
  'conversation.item.truncate',
  'conversation.item.delete',
  'conversation.item.retrieve',
  'response.create',
  'response.cancel',
];

/** Carries out one client event. Throws {@link ProtocolError} when it is refused, having changed nothing. */
export function carryOut(event: object, floor: Floor): void {
  const { type, event_id: eventId, ...fields } = event as Record<string, unknown>;
  if (type === undefined)
    throw new ProtocolError('missing_required_parameter', "Missing required parameter: 'type'.", 'type');
  if (eventId !== undefined && (typeof eventId !== 'string' || eventId.length > 512)) {
    throw new ProtocolError('invalid_type', "Invalid type for 'event_id': expected a string.", 'event_id');
  }
  const { buffered } = floor.context.output;
  const known = typeof type === 'string' && Object.hasOwn(commands, type) && (buffered || SOCKET_EVENTS.includes(type));
  const chosen = known ? commands[type] : undefined;
  if (!chosen) {
    const supported = buffered ? Object.keys(commands) : SOCKET_EVENTS;
    throw new ProtocolError(
      'invalid_value',
      `Invalid value: '${String(type).slice(0, 100)}'. Supported values are: ${supported.map((each) => `'${each}'`).join(', ')}.`,
      'type',
    );
  }
  chosen(fields, floor);
}
