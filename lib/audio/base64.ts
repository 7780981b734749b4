/** PCM as the Realtime API carries it: 16-bit little-endian samples, base64. */

/** `String.fromCharCode` takes its bytes as arguments; more than this many overflow the stack. */
const step = 8192;

export function encodePcm(samples: Int16Array): string {
  const bytes = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
  let binary = '';
  for (let at = 0; at < bytes.length; at += step) binary += String.fromCharCode(...bytes.subarray(at, at + step));
  return btoa(binary);
}

/** Null for what is not base64 of whole samples. */
export function decodePcm(base64: string): Int16Array | null {
  try {
    const binary = atob(base64);
    if (binary.length % 2 !== 0) return null;
    return new Int16Array(Uint8Array.from(binary, (character) => character.charCodeAt(0)).buffer);
  } catch {
    return null;
  }
}
