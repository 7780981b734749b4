import { describe, expect, it } from 'vitest';
import { SilenceWatch, type Claims } from '../../../lib/call/silence-watch.ts';

const heard = { person: true, voice: false };
const speaks = { person: false, voice: true };

/** Seconds of reports until it says who is quiet; null: not within a minute. */
function quietAfter(claims: Claims, hearing: (s: number) => boolean, voice: (s: number) => number): number | null {
  const watch = new SilenceWatch();
  for (let report = 1; report <= 1200; report += 1) {
    if (watch.after(claims, hearing(report / 20), voice(report / 20)) !== null) return report / 20;
  }
  return null;
}

const never = () => false;
const mute = () => 0;

describe('our own ear', () => {
  it('knows that nobody speaks any more, and that no voice comes out', () => {
    expect(quietAfter(heard, never, mute)).toBe(15);
    expect(quietAfter(speaks, never, mute)).toBe(5);
  });

  it('takes no pause for the end', () => {
    expect(quietAfter(heard, (s) => s % 10 < 1, mute)).toBeNull();
    expect(quietAfter(speaks, never, (s) => (s % 3 < 1 ? 0.05 : 0))).toBeNull();
  });

  it('contradicts nobody who says nothing', () => {
    expect(quietAfter({ person: false, voice: false }, never, mute)).toBeNull();
  });
});
