import type { Clock } from '../session/clock.ts';
import { wrongShapes } from './garble-event.ts';

export const bodyForms = [
  'html',
  'empty',
  'not-json',
  'truncated',
  'wrong-types',
  'missing-value',
  'huge',
  'endless',
  'sdp-without-audio',
  'sdp-wrong-fingerprint',
] as const;
export type BodyForm = (typeof bodyForms)[number];

const PIECE = new Uint8Array(65_536).fill(0x20);
const HTML =
  '<!doctype html><html><head><title>Sign in</title></head><body><h1>Welcome to the Wi-Fi</h1></body></html>';

/** The same answer with a body that is none. `bytes` is the length of a huge one. */
export async function garbledAnswer(answer: Response, form: BodyForm, bytes: number): Promise<Response> {
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  if (form === 'html') headers.set('content-type', 'text/html; charset=utf-8');
  const body = bodyOf(await answer.text(), form, bytes);
  return new Response(body, { status: answer.status === 204 ? 200 : answer.status, headers });
}

function bodyOf(text: string, form: BodyForm, bytes: number): string | ReadableStream<Uint8Array> {
  switch (form) {
    case 'html':
      return HTML;
    case 'empty':
      return '';
    case 'not-json':
      return 'undefined';
    case 'truncated':
      return text.slice(0, Math.floor(text.length / 2));
    case 'wrong-types':
      return JSON.stringify(wrongShapes(fieldsOf(text)));
    case 'missing-value':
      return JSON.stringify({ ...fieldsOf(text), value: undefined });
    case 'huge':
      return spaces(bytes);
    case 'endless':
      return spaces(Number.POSITIVE_INFINITY);
    case 'sdp-without-audio':
      return text.replace(/^m=audio [\s\S]*?(?=^m=)/m, '');
    case 'sdp-wrong-fingerprint':
      return text.replaceAll(/^(a=fingerprint:\S+ ).*$/gm, `$1${Array.from({ length: 32 }, () => '00').join(':')}`);
  }
}

/** As much as the client takes, and no faster. */
function spaces(bytes: number): ReadableStream<Uint8Array> {
  let left = bytes;
  return new ReadableStream({
    pull(stream) {
      stream.enqueue(PIECE.subarray(0, Math.min(left, PIECE.length)));
      left -= PIECE.length;
      if (left <= 0) stream.close();
    },
  });
}

/** The same answer in pieces of `bytes`, one every `everyMs`. */
export async function trickled(answer: Response, bytes: number, everyMs: number, clock: Clock): Promise<Response> {
  const whole = new Uint8Array(await answer.arrayBuffer());
  let sent = 0;
  let stop = (): void => {};
  const body = new ReadableStream<Uint8Array>({
    start(stream) {
      const next = (): void => {
        if (sent >= whole.length) return stream.close();
        stream.enqueue(whole.subarray(sent, sent + bytes));
        sent += bytes;
        stop = clock.after(everyMs, next);
      };
      next();
    },
    cancel: () => stop(),
  });
  return new Response(whole.length > 0 ? body : null, { status: answer.status, headers: answer.headers });
}

/** SDP has no fields; it counts as one. */
function fieldsOf(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : { value };
  } catch {
    return { value: text };
  }
}
