/** The one HTTP request of a WebRTC call: our SDP offer for the provider's answer (realtime-protocol: POST /v1/realtime/calls). */
import { FaultError, type FaultCode } from '../protocol/faults.ts';
import { errorEnvelope } from '../protocol/grant.ts';
import { isTimeout, parseJson, post } from './post.ts';

const deadlineMs = 10_000;

/**
 * Posts the offer untouched (its last CRLF matters) and returns the answer SDP.
 * Throws a FaultError; the caller's abort is thrown as it is.
 */
export async function exchangeSdp(url: string, secret: string, offerSdp: string, signal: AbortSignal): Promise<string> {
  const request = { url, secret, contentType: 'application/sdp', body: offerSdp, deadlineMs, signal };
  const { status, text, retryAfterS } = await post(request).catch((error: unknown) => {
    signal.throwIfAborted();
    if (error instanceof FaultError) throw new FaultError('provider-error', error.fault.detail);
    throw new FaultError('provider-unreachable', isTimeout(error) ? 'no answer in 10 s' : String(error));
  });
  if (status >= 200 && status < 300) {
    if (text.startsWith('v=0')) return text;
    throw new FaultError('provider-error', 'the answer is not SDP');
  }
  const { error } = errorEnvelope.safeParse(parseJson(text)).data ?? { error: { code: '', message: '' } };
  const code = error.code ?? '';
  throw new FaultError(faultFor(status, code), `HTTP ${status} ${code} ${error.message}`.trim(), retryAfterS);
}

function faultFor(status: number, code: string): FaultCode {
  if (code === 'insufficient_quota') return 'provider-quota';
  if (status === 401 || status === 403) return 'provider-refused';
  // It may be better in a moment.
  if (status === 429 || status >= 500) return 'provider-busy';
  return 'provider-error';
}
