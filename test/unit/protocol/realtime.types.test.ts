import { expectTypeOf, it } from 'vitest';
import type { RealtimeClientEvent, RealtimeServerEvent } from 'openai/resources/realtime/realtime';
import type { ClientEvent, ServerEventOf, ServerEventType } from '../../../lib/protocol/realtime.ts';

/** Checked by `tsc`: what OpenAI's own types say may arrive is accepted by ours, and what we send is accepted by theirs. */
type Theirs<T extends ServerEventType> = Extract<RealtimeServerEvent, { type: T }>;
type Mismatch = { [T in ServerEventType]: Theirs<T> extends Loose<ServerEventOf<T>> ? never : T }[ServerEventType];

/** The package types the session in it as a request, without the `id` and `expires_at` that the wire carries. */
type KnownGap = 'session.created';

/** Our loose objects have an index signature, which an interface never satisfies; without it the named fields are compared. */
type Loose<T> = T extends (infer E)[]
  ? Loose<E>[]
  : T extends object
    ? { [K in keyof T as string extends K ? never : K]: Loose<T[K]> }
    : T;

type SessionUpdate = Extract<ClientEvent, { type: 'session.update' }>;
type Without<T, U> = T extends U ? never : T;
/** The API clears noise reduction with null; the package's type does not know that. */
type ClearsNothing = SessionUpdate & {
  session: { audio?: { input: { noise_reduction?: { type: 'near_field' | 'far_field' } } } };
};

it('our server events accept what the openai package describes', () => {
  expectTypeOf<Mismatch>().toEqualTypeOf<KnownGap>();
});

it('every event we know exists in the openai package', () => {
  expectTypeOf<Exclude<ServerEventType, RealtimeServerEvent['type']>>().toEqualTypeOf<never>();
});

it('our client events are the openai package’s', () => {
  expectTypeOf<Without<ClientEvent, SessionUpdate>>().toExtend<RealtimeClientEvent>();
  expectTypeOf<ClearsNothing>().toExtend<RealtimeClientEvent>();
});
