import llama from 'llama-tokenizer-js';
import { expect, it } from 'vitest';
import { estimateTokens } from '../../../lib/page/tokens.ts';

/**
 * What the larger models count, of what the local engine's tokenizer counts (test/bench/page/finding.ts). Of other languages
 * they count less than that.
 */
const counted = (text: string) => llama.encode(text, false, false).length / 1.178;

it.each([
  [
    'prose',
    'The Normans were the people who in the 10th and 11th centuries gave their name to Normandy, a region in France.',
  ],
  [
    'names',
    'Bohemond, Tancred, Roger Borsa and Robert Guiscard fought at Dyrrachium, Thessalonica, Larissa and Kastoria.',
  ],
  ['numbers', 'It cost £1.3bn in 2005, 13% more than the 2,417,882 customers paid for 4 packages in 1998/99.'],
  ['Portuguese', 'O chá verde é feito de folhas que não murcharam, e bebe-se quente ou frio em quase todo o mundo.'],
  ['code', 'const tokens = estimateTokens(text).toFixed(2); // rather a tenth too many than one too few'],
  ['Japanese', '緑茶は摘み取った葉を発酵させずに作るお茶で、世界中で飲まれています。'],
])('no fewer tokens than a model counts, and not twice as many: %s', (what, text) => {
  const least = counted(text.repeat(5));
  expect(estimateTokens(text.repeat(5))).toBeGreaterThanOrEqual(least * (what === 'Portuguese' ? 0.87 : 0.97));
  expect(estimateTokens(text.repeat(5))).toBeLessThan(least * 2);
});

it('nothing is nothing', () => {
  expect(estimateTokens('')).toBe(0);
});
