/** Images are accepted and billed; nobody here looks at them. */

const HEADER = /^data:image\/(?:png|jpe?g);base64,/;

export interface ImageSize {
  width: number;
  height: number;
}

/** The size in pixels of the image in a base64 `data:` URL, or null when it is no PNG or JPEG. */
export function imageSize(url: string): ImageSize | null {
  const header = HEADER.exec(url)?.[0];
  if (!header) return null;
  const bytes = Buffer.from(url.slice(header.length), 'base64');
  return pngSize(bytes) ?? jpegSize(bytes);
}

/**
 * How many tokens an image is read as. No number for realtime models is published; this is the rule OpenAI documents for
 * its GPT-4o models: 85, and unless the detail is low 170 more for each 512-pixel tile, after fitting the image into
 * 2048 × 2048 and its short side to 768.
 */
export function imageTokens({ width, height }: ImageSize, detail: 'auto' | 'low' | 'high'): number {
  if (detail === 'low') return 85;
  const fit = Math.min(1, 2048 / Math.max(width, height));
  const scale = fit * Math.min(1, 768 / (Math.min(width, height) * fit));
  return 85 + 170 * Math.ceil((width * scale) / 512) * Math.ceil((height * scale) / 512);
}

function pngSize(bytes: Buffer): ImageSize | null {
  if (bytes.length < 24 || bytes.readUInt32BE(0) !== 0x89504e47 || bytes.toString('latin1', 12, 16) !== 'IHDR')
    return null;
  return positive({ width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) });
}

/** Walks the segments to the frame header (SOF0–SOF15 without the tables DHT, JPG and DAC). */
function jpegSize(bytes: Buffer): ImageSize | null {
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 9 <= bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) {
      return positive({ width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5) });
    }
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return null;
}

function positive(size: ImageSize): ImageSize | null {
  return size.width > 0 && size.height > 0 ? size : null;
}
