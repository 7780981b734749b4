/** From what the browser captured to a picture that fits into one event, with what is private painted over. */
import type { PrivateInView } from './find-private.ts';

const longestSide = 1024;
/** Of the `data:` URL: events are at most 64 KB. */
const longestUrl = 56 * 1024;
const qualities = [0.8, 0.6, 0.45];
/** Of one side, each time that the lowest quality was not enough. */
const smaller = 0.8;
const cover = '#8c8c8c';
/** Pixels around each cover: scaling blurs edges. */
const margin = 3;

export interface Picture {
  /** JPEG as a `data:` URL. */
  image: string;
  width: number;
  height: number;
}

/** `shot`: a `data:` URL. `hidden`: as it was at moments around the shot. Throws when it cannot be decoded. */
export async function toPicture(shot: string, hidden: PrivateInView[]): Promise<Picture> {
  const bitmap = await createImageBitmap(decode(shot));
  try {
    let side = Math.min(longestSide, Math.max(bitmap.width, bitmap.height));
    for (;;) {
      const canvas = draw(bitmap, side / Math.max(bitmap.width, bitmap.height), hidden);
      for (const quality of qualities) {
        const image = await encode(await canvas.convertToBlob({ type: 'image/jpeg', quality }));
        if (image.length <= longestUrl) return { image, width: canvas.width, height: canvas.height };
      }
      side *= smaller;
    }
  } finally {
    bitmap.close();
  }
}

function draw(bitmap: ImageBitmap, scale: number, hidden: PrivateInView[]): OffscreenCanvas {
  const canvas = new OffscreenCanvas(Math.max(1, bitmap.width * scale), Math.max(1, bitmap.height * scale));
  const context = canvas.getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  context.fillStyle = cover;
  for (const [left, top, right, bottom] of covers(hidden)) {
    const x = left * canvas.width - margin;
    const y = top * canvas.height - margin;
    context.fillRect(x, y, right * canvas.width + margin - x, bottom * canvas.height + margin - y);
  }
  return canvas;
}

type Box = PrivateInView['boxes'][number];

/**
 * Parts of the view, 0 to 1. Where every moment has as many boxes they are the same ones in motion, and each cover reaches
 * from its first place to its last; otherwise all are covered where they were.
 */
export function covers(moments: PrivateInView[]): Box[] {
  const parts = moments.map(({ width, height, boxes }) =>
    boxes.map(([left, top, right, bottom]): Box => [left / width, top / height, right / width, bottom / height]),
  );
  const [first = []] = parts;
  const inMotion = parts.every(({ length }) => length === first.length);
  const all = inMotion ? first.map((_, index) => hull(parts.map((boxes) => boxes[index]!))) : parts.flat();
  // Some have no size: an element that nobody sees, the words of an empty field.
  return all.filter(([left, top, right, bottom]) => left < right && top < bottom);
}

/** Of those with a size. */
function hull(places: Box[]): Box {
  const seen = places.filter(([left, top, right, bottom]) => left < right && top < bottom);
  const side = (index: 0 | 1 | 2 | 3) => seen.map((box) => box[index]);
  return [Math.min(...side(0)), Math.min(...side(1)), Math.max(...side(2)), Math.max(...side(3))];
}

/** Not by `fetch`: the extension's policy lets it reach no `data:`. */
function decode(url: string): Blob {
  const bytes = Uint8Array.from(atob(url.slice(url.indexOf(',') + 1)), (character) => character.charCodeAt(0));
  return new Blob([bytes], { type: 'image/jpeg' });
}

function encode(blob: Blob): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const reader = new FileReader();
  reader.addEventListener('load', () => resolve(reader.result as string));
  reader.addEventListener('error', () => reject(new Error('the picture could not be encoded')));
  reader.readAsDataURL(blob);
  return promise;
}
