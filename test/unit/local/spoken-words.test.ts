import { describe, expect, it } from 'vitest';
import { finishSpeech } from '../../../relay/local/speaking/finish.ts';
import { plainEnglish } from '../../../relay/local/speaking/plain.ts';
import { markWords, splitWords, spreadWords } from '../../../relay/local/speaking/words.ts';

describe('The words of a clause', () => {
  it('joined by a space are the clause', () => {
    const words = splitWords('  Olá,  você 😀 pode.\n');
    expect(words.map(({ text }) => text)).toEqual(['Olá,', 'você', '😀', 'pode.']);
    // Code points, as eSpeak counts.
    expect(words[3]).toMatchObject({ start: 15, end: 20 });
  });

  it('share the spoken time by their length, and skip the pauses', () => {
    const spans = [
      { startMs: 100, endMs: 500 },
      { startMs: 800, endMs: 1200 },
    ];
    expect(spreadWords(splitWords('four, five'), spans)).toEqual([
      { text: 'four,', startMs: 100, endMs: 500 },
      { text: 'five', startMs: 800, endMs: 1200 },
    ]);
  });

  it('never run backwards, even when there is nothing to say', () => {
    expect(spreadWords(splitWords('— …'), [])).toEqual([
      { text: '—', startMs: 0, endMs: 0 },
      { text: '…', startMs: 0, endMs: 0 },
    ]);
    expect(spreadWords([], [{ startMs: 0, endMs: 10 }])).toEqual([]);
  });

  it('take the moments their synthesiser named', () => {
    const marks = [
      { at: 0, startMs: 0 },
      { at: 6, startMs: 400 },
      { at: 8, startMs: 600 },
      { at: 12, startMs: 900 },
    ];
    expect(
      markWords(splitWords('Olá — 12/3 vezes'), [marks[0]!, marks[1]!, marks[2]!, { at: 11, startMs: 900 }], 1500),
    ).toEqual([
      { text: 'Olá', startMs: 0, endMs: 400 },
      { text: '—', startMs: 400, endMs: 400 },
      { text: '12/3', startMs: 400, endMs: 900 },
      { text: 'vezes', startMs: 900, endMs: 1500 },
    ]);
  });
});

describe('Text for an English voice', () => {
  it.each([
    ['Café “Zürich” costs €12.50 — really…', 'Cafe "Zurich" costs 12.50 euros , really...'],
    ['It’s 20° outside', "It's 20 degrees outside"],
    ['<b>2 × 3</b> → 日本', 'b 2 times 3 /b'],
  ])('%s is read as: %s', (written, read) => {
    expect(plainEnglish(written)).toBe(read);
  });
});

describe('A finished clause', () => {
  /** 0.2 s of silence, 1 s of tone, 0.5 s of silence. */
  const raw = new Float32Array(16_000 * 1.7);
  for (let index = 3200; index < 19_200; index++) raw[index] = Math.sin(index / 5) / 2;
  const words = [{ text: 'tone.', startMs: 200, endMs: 1200 }];

  it('begins at once, ends with the pause of a sentence, and its words move along', () => {
    const speech = finishSpeech(raw, 16_000, words);
    expect(speech.samples.length / 24).toBeCloseTo(30 + 1000 + 260, -1);
    expect(speech.words[0]!.startMs).toBeCloseTo(30, -1);
    expect(speech.words[0]!.endMs).toBeCloseTo(1030, -1);
  });

  it('pauses less where the sentence goes on', () => {
    const within = finishSpeech(raw, 16_000, [{ text: 'tone,', startMs: 200, endMs: 1200 }]);
    expect(within.samples.length).toBeLessThan(finishSpeech(raw, 16_000, words).samples.length - 24 * 100);
  });

  it('without a sound is empty', () => {
    const speech = finishSpeech(new Float32Array(8000), 16_000, words);
    expect(speech).toEqual({ samples: new Int16Array(0), words: [{ text: 'tone.', startMs: 0, endMs: 0 }] });
  });
});
