/** A long conversation that an answer is being added to, word by word. Runs in a page of the extension. */
import type { Line, Snapshot } from '../../../../lib/protocol/snapshot.ts';
import { idleSnapshot } from '../../../../lib/protocol/snapshot.ts';

const sentences = [
  'What does the page say about the opening hours in winter?',
  'The tower opens at nine in the morning and closes at five, and on the last Sunday of the month it stays open until eight.',
  'And how much is it?',
  'A ticket is twelve euros. Children under six come in free, and families of four pay thirty in all, also at weekends.',
];

/** Persons and assistant in turn; the last line is an answer that streams. */
export function conversation(count: number): Line[] {
  return Array.from({ length: count }, (_, place): Line => {
    const [id, at, text] = [`item_${place}`, 1_700_000_000_000 + place * 7000, sentences[place % sentences.length]!];
    return place % 2 === 0
      ? { kind: 'person', id, at, text, state: 'final', typed: false }
      : { kind: 'assistant', id, at, text, state: place === count - 1 ? 'streaming' : 'final' };
  });
}

export function liveSnapshot(seq: number, lines: Line[]): Snapshot {
  const now = { phase: 'live', turn: 'speaking', microphone: true, callId: 'bench', bootId: 'bench' } as const;
  return { ...idleSnapshot, ...now, seq, lines, startedAt: lines[0]!.at, liveAt: lines[0]!.at };
}

/** One more word, never longer than some lines: a delta of an answer of ordinary length. */
export function withWord(lines: Line[], word: string): Line[] {
  const last = lines.at(-1) as Line & { kind: 'assistant' };
  const text = last.text.length > 400 ? word : `${last.text} ${word}`;
  return [...lines.slice(0, -1), { ...last, text }];
}
