import { describe, expect, it } from 'vitest';
import { instructionsOf } from '../../../lib/protocol/instructions.ts';
import { isSetting, longestInstructions, longestNotes, styles } from '../../../lib/protocol/settings.ts';
import { wishes } from '../../../lib/protocol/wishes.ts';
import { toolDefinitions } from '../../../lib/tools/index.ts';

const nothing = { style: 'plain', notes: '', instructions: '' } as const;
const bytes = (value: unknown) => new TextEncoder().encode(JSON.stringify(value)).length;

describe('what a call is told from the settings', () => {
  it('is nothing where nothing is set', () => {
    expect(instructionsOf({ ...nothing, notes: ' \n' })).toEqual({ text: '', cut: false });
  });

  it('is the way of speaking, then who the person is, then what they ask for', () => {
    const { text } = instructionsOf({ style: 'teacher', notes: 'I am Ana.\n', instructions: 'Call me Ana.' });
    expect(text).toMatch(
      /^Be a patient teacher[^\n]*\n\nAbout the person, from themselves:\nI am Ana\.\n\nWhat the person asks of you:\nCall me Ana\.$/,
    );
  });

  it('is another for every way of speaking, and small beside what the person may write', () => {
    const texts = styles.map((style) => instructionsOf({ ...nothing, style }).text);
    expect(new Set(texts).size).toBe(styles.length);
    for (const text of texts) expect(text.length).toBeLessThan(500);
  });

  it('takes whole what the settings take, in languages that are written with letters', () => {
    for (const style of styles) {
      const { text, cut } = instructionsOf({
        style,
        notes: 'n'.repeat(longestNotes),
        instructions: 'i'.repeat(longestInstructions),
      });
      expect(cut).toBe(false);
      expect(text).toContain('i'.repeat(longestInstructions));
    }
  });

  it.each([
    ['Chinese', '读'],
    ['smileys', '🙂'],
    ['halves of characters', '\ud83d'],
    ['signs that JSON writes long', '\u0001'],
  ])('never is more than a relay takes, not even in %s, and says what it left out', (_, sign) => {
    const { text, cut } = instructionsOf({
      style: 'translator',
      notes: sign.repeat(longestNotes / sign.length),
      instructions: sign.repeat(longestInstructions / sign.length),
    });
    const request = { language: 'pt-BR', tools: toolDefinitions(), instructions: text };
    expect(wishes.safeParse(request).success).toBe(true);
    expect(bytes(request)).toBeLessThan(16 * 1024 - 1024);
    expect(cut).toBe(true);
    if (sign === '🙂') expect(text.isWellFormed()).toBe(true);
  });

  it('rather leaves out notes than what was asked for', () => {
    const asked = '答'.repeat(1000);
    const { text, cut } = instructionsOf({ ...nothing, notes: '我'.repeat(3000), instructions: asked });
    expect(text.endsWith(asked)).toBe(true);
    expect(text).toContain('我');
    expect(cut).toBe(true);
  });
});

it('settings of notes and instructions that are longer than their fields are none', () => {
  expect(isSetting('notes', 'n'.repeat(longestNotes))).toBe(true);
  expect(isSetting('notes', 'n'.repeat(longestNotes + 1))).toBe(false);
  expect(isSetting('instructions', 'i'.repeat(longestInstructions + 1))).toBe(false);
  expect(isSetting('style', 'pirate')).toBe(false);
});
