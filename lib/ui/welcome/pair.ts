/** A one-time code becomes a device token: `POST {relay}/v1/pair`, `{"code", "name"?}`, answered with 201 `{"deviceToken", …}`. */
import type { Fault } from '../../protocol/faults.ts';
import { checkDeviceToken } from '../view/relay-address.ts';

export interface PairRequest {
  /** Checked: origin and path, without a trailing slash. */
  relayUrl: string;
  code: string;
  /** What the relay's list calls this browser. */
  name: string;
}

/** `code-refused`: wrong, used or too old. `no-pairing`: a relay, but one that hands out tokens only. */
export type PairRefusal = 'code-refused' | 'no-pairing';

/** A fault of `relay-unreachable` may also be a relay that does not know this extension: a failed fetch does not say. */
export type PairAnswer = { deviceToken: string } | { refused: PairRefusal } | { fault: Fault };

const deadlineMs = 8000;
/** A token, a device and a person's name are a fraction of this. */
const mostBytes = 65_536;

/** Never throws. `send` is the browser's own fetch but for tests. */
export async function pair({ relayUrl, code, name }: PairRequest, send: typeof fetch = fetch): Promise<PairAnswer> {
  let response: Response;
  let text: string;
  try {
    response = await send(`${relayUrl}/v1/pair`, {
      method: 'POST',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      // A redirect would carry the code to another host.
      redirect: 'error',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ code, name }),
      signal: AbortSignal.timeout(deadlineMs),
    });
    text = await readBounded(response);
  } catch (error) {
    const late = error instanceof DOMException && error.name === 'TimeoutError';
    return { fault: { code: late ? 'relay-timeout' : 'relay-unreachable', detail: String(error).slice(0, 300) } };
  }
  const body = fieldsOf(parsed(text));
  return response.status === 201 ? tokenIn(body) : whyNot(response, fieldsOf(body['error'])['code']);
}

function tokenIn({ deviceToken }: Record<string, unknown>): PairAnswer {
  const checked = typeof deviceToken === 'string' ? checkDeviceToken(deviceToken) : null;
  if (checked && 'token' in checked && checked.token) return { deviceToken: checked.token };
  return notARelay('the answer holds no device token');
}

/** `code`: of the relay's error envelope; what is no envelope does not come from a relay. */
function whyNot({ status, headers }: Response, code: unknown): PairAnswer {
  const retryAfter = Number(headers.get('Retry-After'));
  switch (code) {
    case 'device_token_invalid':
    case 'invalid_request':
      return { refused: 'code-refused' };
    case 'not_found':
    case 'method_not_allowed':
      return { refused: 'no-pairing' };
    case 'origin_not_allowed':
      return { fault: { code: 'relay-origin' } };
    case 'rate_limited':
      return { fault: { code: 'relay-limit', ...(retryAfter > 0 ? { retryAfterS: retryAfter } : {}) } };
    default:
      return notARelay(`HTTP ${status}`);
  }
}

/** Whatever is longer is not read on, and not ours: empty. */
async function readBounded(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  if (!reader) return text;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > mostBytes) {
      await reader.cancel();
      return '';
    }
    text += decoder.decode(value, { stream: true });
  }
}

const notARelay = (detail: string): PairAnswer => ({ fault: { code: 'relay-not-a-relay', detail } });

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
