/** Pieces of the ear's ring. Positions and lengths are samples at 24 kHz. */
import type { Ear } from '../../audio/ear.ts';

const rate = 24_000;

export function samplesOf(ms: number): number {
  return (ms * rate) / 1000;
}

export interface Piece {
  from: number;
  /** After the last sample. */
  to: number;
}

/** 60 KiB of base64 hold 940 ms, and something stands around them. */
export function fitsOneItem({ from, to }: Piece): boolean {
  return to - from <= samplesOf(900);
}

/** Hands out exactly a piece that was heard already; resolves when all of it was taken. */
export async function deliverPiece(ear: Ear, { from, to }: Piece, take: (frame: Int16Array) => void): Promise<void> {
  let left = to - from;
  const delivery = ear.deliver(from, (frame) => {
    if (left > 0) take(left < frame.length ? frame.slice(0, left) : frame);
    left -= frame.length;
  });
  await delivery.stop();
}

export async function collectPiece(ear: Ear, piece: Piece): Promise<Int16Array> {
  const all = new Int16Array(piece.to - piece.from);
  let length = 0;
  await deliverPiece(ear, piece, (frame) => {
    all.set(frame, length);
    length += frame.length;
  });
  // What was older than the ring is gone.
  return all.subarray(0, length);
}
