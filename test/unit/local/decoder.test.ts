import { describe, expect, it } from 'vitest';
import { HEARING_RATE } from '../../../relay/local/hearing/messages.ts';
import { cutIntoPieces } from '../../../relay/local/hearing/pieces.ts';
import { chooseToken, END, loopedTokens, mostTokens } from '../../../relay/local/hearing/tokens.ts';

describe('What the recogniser writes', () => {
  it('is the likeliest token', () => {
    expect(chooseToken([0, 1, 2, 9, 4], false)).toBe(3);
  });

  it('is never nothing, as somebody has spoken; later the end may come', () => {
    const sure = [0, 0, 9, 1, 3];
    expect(chooseToken(sure, true)).toBe(4);
    expect(chooseToken(sure, false)).toBe(END);
  });

  it('has a length that fits the recording', () => {
    expect(mostTokens(10)).toBe(65);
    expect(mostTokens(0.3)).toBe(6);
  });

  it('stops when a word repeats four times, and keeps it once', () => {
    expect(loopedTokens([5, 7, 7, 7])).toBe(0);
    expect(loopedTokens([5, 7, 7, 7, 7])).toBe(3);
  });

  it('stops when a phrase repeats four times, and keeps it once', () => {
    const phrase = [11, 12, 13];
    expect(loopedTokens([1, ...phrase, ...phrase, ...phrase])).toBe(0);
    expect(loopedTokens([1, ...phrase, ...phrase, ...phrase, ...phrase])).toBe(9);
  });
});

describe('A speech without pauses', () => {
  const noise = (seconds: number) =>
    new Float32Array(seconds * HEARING_RATE).map((_zero, index) => Math.sin(index) * 0.3);

  it('that is short stays whole', () => {
    const samples = noise(15);
    expect(cutIntoPieces(samples)).toEqual([samples]);
  });

  it('that is long is cut where it is quietest, and nothing is lost', () => {
    const samples = noise(30);
    samples.fill(0, 14 * HEARING_RATE, 14.2 * HEARING_RATE);
    const pieces = cutIntoPieces(samples);
    expect(pieces).toHaveLength(2);
    expect(pieces[0]!.length / HEARING_RATE).toBeGreaterThan(14);
    expect(pieces[0]!.length / HEARING_RATE).toBeLessThan(14.2);
    expect(pieces[0]!.length + pieces[1]!.length).toBe(samples.length);
  });
});
