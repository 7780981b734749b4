import { describe, expect, it } from 'vitest';
import type { AudioOutput } from '../../../relay/local/output/audio-output.ts';
import { pacedOutput } from '../../../relay/local/output/paced-output.ts';
import { clauses } from '../../../relay/local/session/clauses.ts';

interface Sent {
  slot: number;
  first: boolean;
  value: number;
  at: number;
}

function output(): { output: AudioOutput; sent: Sent[]; events: string[] } {
  const sent: Sent[] = [];
  const events: string[] = [];
  const origin = performance.now();
  const made = pacedOutput((frame, slot, first) =>
    sent.push({ slot, first, value: frame[0] ?? 0, at: performance.now() - origin }),
  )((event) => events.push(`${event.type.split('.')[1]} ${'response_id' in event ? event.response_id : ''}`));
  return { output: made, sent, events };
}

const sound = (ms: number, value = 1000): Int16Array => new Int16Array(ms * 24).fill(value);
const part = (responseId: string, itemId = `${responseId}-item`) => ({
  responseId,
  itemId,
  outputIndex: 0,
  contentIndex: 0,
  format: { type: 'audio/pcm' as const },
});

describe('The voice over WebRTC', () => {
  it('leaves one frame a slot, in real time, and says when it starts and stops', async () => {
    const { output: voice, sent, events } = output();
    voice.write(part('a'), sound(90));
    voice.write(part('a'), sound(90));
    voice.finish('a');
    await expect.poll(() => events).toEqual(['started a', 'stopped a']);
    const spoken = sent.filter(({ value }) => value !== 0);
    expect(spoken).toHaveLength(9);
    expect(spoken.map(({ slot }) => slot - spoken[0]!.slot)).toEqual([...spoken.keys()]);
    expect(spoken.at(-1)!.at - spoken[0]!.at).toBeGreaterThan(140);
    voice.close();
  });

  it('is followed by half a second of silence, then by nothing; the next word is marked', async () => {
    const { output: voice, sent, events } = output();
    voice.write(part('a'), sound(20));
    voice.finish('a');
    await expect.poll(() => events).toContain('stopped a');
    await expect.poll(() => sent.filter(({ value }) => value === 0).length, { timeout: 3000 }).toBe(25);
    const before = sent.length;
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent).toHaveLength(before);
    voice.write(part('b'), sound(20));
    voice.finish('b');
    await expect.poll(() => events).toContain('stopped b');
    const [resumed] = sent.slice(before);
    expect(resumed).toMatchObject({ first: true });
    expect(resumed!.slot).toBeGreaterThan(sent[before - 1]!.slot + 4);
    voice.close();
  });

  it('cut, tells how much of each item was heard', async () => {
    const { output: voice, sent, events } = output();
    voice.write(part('a'), sound(2000));
    await expect.poll(() => sent.filter(({ value }) => value !== 0).length).toBeGreaterThan(3);
    const cut = voice.clear();
    const heard = sent.filter(({ value }) => value !== 0).length;
    expect(cut).toEqual({
      responseId: 'a',
      started: true,
      items: [{ itemId: 'a-item', contentIndex: 0, audioEndMs: heard * 20 }],
    });
    // What the response still makes is not played.
    voice.write(part('a'), sound(100));
    voice.finish('a');
    voice.write(part('b'), sound(20));
    voice.finish('b');
    await expect.poll(() => events).toEqual(['started a', 'started b', 'stopped b']);
    expect(sent.filter(({ value }) => value !== 0)).toHaveLength(heard + 1);
    voice.close();
  });

  it('has nothing to cut when nothing plays', () => {
    const { output: voice } = output();
    expect(voice.clear()).toBeNull();
    voice.close();
  });

  it('plays one response after the other, never mixed', async () => {
    const { output: voice, sent, events } = output();
    voice.write(part('a'), sound(40, 1));
    voice.write(part('b'), sound(40, 2));
    voice.write(part('a'), sound(40, 1));
    voice.finish('b');
    voice.finish('a');
    await expect.poll(() => events).toEqual(['started a', 'stopped a', 'started b', 'stopped b']);
    expect(sent.map(({ value }) => value).filter(Boolean)).toEqual([1, 1, 1, 1, 2, 2]);
    voice.close();
  });
});

describe('Clauses', () => {
  it.each([
    'Hello! Ask me something about the page you are looking at.',
    'The train leaves at 14:35 from platform 4. Tickets cost £23.40, dogs travel free; bicycles, however, need a reservation.',
    'Dr. Smith said: “No.” Then she left…',
    `${'word '.repeat(100)}end`,
    'x'.repeat(500),
    '',
    '...',
  ])('joined again are the text: %s', (text) => {
    expect(clauses(text).join('')).toBe(text);
  });

  it('are cut where one breathes, and not inside numbers or names', () => {
    expect(clauses('The train leaves at 14:35. It costs £23.40, which is cheap.')).toEqual([
      'The train leaves at 14:35. ',
      'It costs £23.40, which is cheap.',
    ]);
    expect(clauses('Ask Dr. Smith about it.')).toEqual(['Ask Dr. Smith about it.']);
    expect(Math.max(...clauses('word '.repeat(300)).map((clause) => clause.length))).toBeLessThan(460);
  });
});
