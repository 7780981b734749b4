import { describe, expect, it } from 'vitest';
import { wordErrors } from '../../support/recognise.ts';

describe('Word errors', () => {
  it.each([
    ['What time is it?', 'what time is it', 0],
    ['It is 12 o’clock', "it is twelve o'clock", 0],
    ['42 meters, 1,204 steps', 'forty-two meters one thousand two hundred four steps', 0],
    ['built in 1874', 'Built in eighteen seventy four.', 0],
    ['in 2024', 'in two thousand twenty four', 0],
    ['the lighthouse', 'The light house.', 0],
    ['a stand-in', 'a standin', 0],
    ['the lighthouse', 'the light mouse', 2],
    ['one two three', 'one three', 1],
    ['one two', 'one big two', 1],
    ['one two', 'one too', 1],
    ['all of it', '', 3],
    ['', 'you', 1],
  ])('between "%s" and "%s" are %i', (expected, heard, errors) => {
    expect(wordErrors(expected, heard)).toBe(errors);
  });
});
