import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { extensionId, manifestKey } from '../../../lib/protocol/identity.ts';

it('the extension id is the one that browsers derive from the manifest key', () => {
  const digest = createHash('sha256').update(Buffer.from(manifestKey, 'base64')).digest().subarray(0, 16);
  const letters = [...digest].flatMap((byte) => [byte >> 4, byte & 15]).map((half) => String.fromCodePoint(97 + half));
  expect(letters.join('')).toBe(extensionId);
});
