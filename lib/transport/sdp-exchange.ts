/** The one HTTP request of a WebRTC call: our SDP offer for the provider's answer (realtime-protocol: POST /v1/realtime/calls). */
import { FaultError, type FaultCode } from '../protocol/faults.ts';
import { errorEnvelope } from '../protocol/grant.ts';

const deadlineMs = 10_000;
const largestAnswer = 64 * 1024;

/**
 * Posts the offer untouched (its last CRLF matters) and returns the answer SDP.
 * Throws a FaultError; the caller's abort is thrown as it is.
 */
export async function exchangeSdp(url: string, secret: string, offerSdp: string, signal: AbortSignal): Promise<string> {
  const { status, text, retryAfterS } = await post(url, secret, offerSdp, signal);
  if (status >= 200 && status < 300) {
    if (text.startsWith('v=0')) return text;
    throw new FaultError('provider-error', 'the answer is not SDP');
  }
  const { code, message } = readError(text);
  throw new FaultError(faultFor(status, code), `HTTP ${status} ${code} ${message}`.trim(), retryAfterS);
}

async function post(url: string, secret: string, body: string, signal: AbortSignal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { Authorization: `Bearer ${secret}`, 'Content-Type': 'application/sdp' },
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(deadlineMs)]),
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    });
    const text = (await response.text()).slice(0, largestAnswer);
    const retryAfter = Number(response.headers.get('Retry-After'));
    return { status: response.status, text, retryAfterS: retryAfter > 0 ? retryAfter : undefined };
  } catch (error) {
    signal.throwIfAborted();
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError';
    throw new FaultError('provider-unreachable', timedOut ? 'no answer in 10 s' : String(error));
  }
}

function readError(text: string): { code: string; message: string } {
  try {
    const { error } = errorEnvelope.parse(JSON.parse(text));
    return { code: error.code ?? '', message: error.message };
  } catch {
    return { code: '', message: '' };
  }
}

function faultFor(status: number, code: string): FaultCode {
  if (code === 'insufficient_quota') return 'provider-quota';
  if (status === 401 || status === 403) return 'provider-refused';
  if (status === 429 || status === 503) return 'provider-busy';
  return 'provider-error';
}
