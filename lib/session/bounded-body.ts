import { FaultError } from '../protocol/faults.ts';

/** Reads a body as text, at most `limit` bytes. A longer one is cut off at the source and thrown as `relay-not-a-relay`. */
export async function readBounded(response: Response, limit: number): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > limit) {
      await reader.cancel();
      throw new FaultError('relay-not-a-relay', `the answer is longer than ${limit} bytes`);
    }
    text += decoder.decode(value, { stream: true });
  }
}
