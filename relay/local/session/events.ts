/**
 * The server events as the official `openai` package types them, so that the compiler checks every event sent. Only
 * types: the engine does not need the package to run.
 */
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime';

/**
 * The one thing the package does not say, in every object: where it calls a field optional, the service writes null
 * (`usage: null`, `transcript: null`, `description: null`; realtime-protocol 2.2, 3.2). `undefined` is not written.
 */
type OnTheWire<T> = T extends readonly (infer Each)[]
  ? OnTheWire<Each>[]
  : T extends object
    ? { [Key in keyof T]: object extends Pick<T, Key> ? OnTheWire<T[Key]> | null | undefined : OnTheWire<T[Key]> }
    : T;

/**
 * Fields the service sends and the package does not know; without this a literal could not name them:
 * - `obfuscation` pads text deltas (measured, realtime-protocol 3.2);
 * - `phase` of an assistant's item comes with the gpt-realtime-2 family and rides inside `item`, where more is allowed;
 *   so do `object`, `id` and `expires_at` of a session.
 */
interface Unknown {
  obfuscation?: string;
}

type WithoutId<Event> = Event extends RealtimeServerEvent ? Omit<OnTheWire<Event>, 'event_id'> & Unknown : never;

/** A server event without its id, which is given when it is sent. */
export type ServerEvent = WithoutId<RealtimeServerEvent>;

export type EventOf<Type extends ServerEvent['type']> = Extract<ServerEvent, { type: Type }>;

/** The `response` of `response.created` and `response.done`. */
export type WireResponse = EventOf<'response.done'>['response'];
export type WireUsage = NonNullable<WireResponse['usage']>;
