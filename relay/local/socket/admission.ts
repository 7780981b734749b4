/** Who gets which session over WebSocket: what a request for a socket asks for, or why it is refused. */
import type { Authority } from '../http/authority.ts';
import { HttpRefusal } from '../http/refusal.ts';
import type { SessionConfig } from '../session/config.ts';
import { ProtocolError } from '../session/errors.ts';
import type { Credentials } from './credentials.ts';
import { SocketRefusal } from './refusal.ts';

export type Admission = { kind: 'session'; config: SessionConfig } | { kind: 'sideband'; callId: string };

const REALTIME_MODEL = /^(gpt-([\w.-]+-)?realtime|parley-)[\w.-]*$/;
const PARAMETERS = ['model', 'call_id', 'intent'] as const;

/**
 * Throws what the API answers (realtime-protocol 1.4, 1.5): a `SocketRefusal` after the socket is open, an
 * `HttpRefusal` instead of opening it. Whether the call of a sideband exists is not looked at.
 */
export function admit(credentials: Credentials, query: URLSearchParams, authority: Authority): Admission {
  const config = sessionOf(credentials.key, authority);
  if (credentials.beta) {
    throw wrong('beta_api_shape_disabled', 'The Realtime Beta API is no longer supported. Please use /v1/realtime.');
  }
  const given = PARAMETERS.filter((name) => query.has(name));
  if (given.length > 1) {
    const names = given.map((name) => `'${name}'`).join(', ');
    throw wrong('mutually_exclusive_parameters', `Mutually exclusive parameters: ${names}. Give one of them.`);
  }
  const callId = query.get('call_id');
  if (callId !== null) {
    if (!mayControl(credentials.key, authority)) throw unknownCall();
    return { kind: 'sideband', callId };
  }
  if (query.has('intent')) {
    throw wrong('invalid_value', 'The local engine has no sessions but conversations: connect with a model.', 'intent');
  }
  const model = query.get('model');
  if (!model) throw wrong('missing_model', 'You must provide a model parameter.', 'model');
  if (model.length > 128 || !REALTIME_MODEL.test(model)) {
    throw wrong('invalid_model', `Model "${model.slice(0, 100)}" is not supported in realtime mode.`, 'model');
  }
  return { kind: 'session', config: mayControl(credentials.key, authority) ? { ...config, model } : config };
}

/** The same for no call and for a key that may not know of one. */
export function unknownCall(): HttpRefusal {
  return new HttpRefusal(404, 'call_id_not_found', 'No session found for the provided call_id');
}

function sessionOf(key: string | null, authority: Authority): SessionConfig {
  try {
    if (key !== null) return authority.sessionOf(key);
  } catch (error) {
    if (error instanceof HttpRefusal) throw new SocketRefusal(3000, error.error);
    throw error;
  }
  throw new SocketRefusal(3000, new ProtocolError(null, 'Missing bearer or basic authentication in header'));
}

/** A key that minted others says itself what it wants; a call answers to such a key only (1.4). */
function mayControl(key: string | null, authority: Authority): boolean {
  try {
    authority.requireStandard(key ?? '');
    return true;
  } catch {
    return false;
  }
}

function wrong(code: string, message: string, param: string | null = null): SocketRefusal {
  return new SocketRefusal(4000, new ProtocolError(code, message, param));
}
