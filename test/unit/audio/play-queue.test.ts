import { describe, expect, it } from 'vitest';
import { PlayQueue } from '../../../lib/audio/play-queue.ts';

const block = 128;
const ms = 24;
const loud = (length: number) => new Int16Array(length).fill(16_384);

/** Plays a queue block by block; remembers what it told, and how many samples of sound came out before it told it. */
function play(queue: PlayQueue) {
  const told: string[] = [];
  let heard = 0;
  const blocks = (count: number) => {
    for (let index = 0; index < count; index += 1) {
      const out = new Float32Array(block);
      queue.next(out, ({ type, responseId }) => told.push(`${type} ${responseId}`));
      heard += out.filter((sample) => sample !== 0).length;
    }
  };
  return { told, blocks, heard: () => heard };
}

/** Sends pieces as a provider does that paces them, while the one who hands them on stands still now and then. */
function inRealTime(queue: PlayQueue, pieceMs: number, { stallMs = 0, everyMs = 200, lengthMs = 3000 } = {}) {
  const player = play(queue);
  let sent = 0;
  let atMs = 0;
  for (; sent < lengthMs; atMs += block / ms) {
    player.blocks(1);
    if (atMs % everyMs < stallMs) continue;
    const due = Math.min(atMs, lengthMs);
    for (; sent + pieceMs <= due; sent += pieceMs) queue.add('r', 'a', loud(pieceMs * ms));
  }
  queue.end('r');
  player.blocks(5000);
  return player;
}

describe('the voice over WebSocket', () => {
  it('plays every sample once, and says when it begins and ends', () => {
    const queue = new PlayQueue();
    const { told, blocks, heard } = play(queue);
    queue.add('r', 'a', loud(5000));
    queue.add('r', 'a', loud(5000));
    blocks(1);
    expect(told).toEqual(['started r']);
    blocks(100);
    queue.end('r');
    expect(told).toEqual(['started r', 'starved r']);
    blocks(1);
    expect(told).toEqual(['started r', 'starved r', 'drained r']);
    expect(heard()).toBe(10_000);
  });

  it('waits at first until it has enough not to run dry', () => {
    const queue = new PlayQueue();
    const { told, blocks } = play(queue);
    queue.add('r', 'a', loud(20 * ms));
    blocks(50);
    expect(told).toEqual([]);
    for (let pieces = 0; pieces < 6; pieces += 1) queue.add('r', 'a', loud(20 * ms));
    blocks(1);
    expect(told).toEqual(['started r']);
  });

  it.each([20, 40, 60, 100, 200])(
    'pieces of %d ms in real time are heard without a gap though the main thread stands still',
    (pieceMs) => {
      const { told, heard } = inRealTime(new PlayQueue(), pieceMs, { stallMs: 50 });
      expect(told).toEqual(['started r', 'drained r']);
      expect(heard()).toBe(3000 * ms);
    },
  );

  it('learns from a gap: where it stands still for longer, the gaps end', () => {
    const queue = new PlayQueue();
    const gaps = () =>
      inRealTime(queue, 20, { stallMs: 200, everyMs: 800 }).told.filter((each) => each === 'starved r').length;
    const ofAnswers = [gaps(), gaps(), gaps(), gaps()];
    expect(ofAnswers[0]).toBeGreaterThan(0);
    expect(ofAnswers.at(-1)).toBe(0);
  });

  it('begins sooner where the sound has shown to come faster than it is heard', () => {
    const queue = new PlayQueue();
    const { told, blocks } = play(queue);
    queue.add('r', 'a', loud(2000 * ms));
    queue.end('r');
    blocks(1000);
    queue.add('s', 'b', loud(60 * ms));
    blocks(1);
    expect(told).toEqual(['started r', 'drained r', 'started s']);
  });

  it('holds five minutes of sound, and no flood beyond it', () => {
    const queue = new PlayQueue();
    for (let minute = 0; minute < 20; minute += 1) queue.add('r', `item ${minute}`, loud(60_000 * ms));
    const { items } = queue.clear();
    expect(items).toHaveLength(5);
  });

  it('plays a short answer, however short', () => {
    const queue = new PlayQueue();
    const { told, blocks, heard } = play(queue);
    queue.add('r', 'a', loud(100));
    queue.end('r');
    blocks(1);
    expect(told).toEqual(['started r', 'drained r']);
    expect(heard()).toBe(100);
  });

  it('a sentence before a tool call is heard whole, and the silence after it is no gap', () => {
    const queue = new PlayQueue();
    const { told, blocks, heard } = play(queue);
    queue.add('r', 'preamble', loud(500));
    queue.whole('r');
    blocks(500);
    expect(told).toEqual(['started r']);
    expect(heard()).toBe(500);
    queue.end('r');
    blocks(1);
    expect(told).toEqual(['started r', 'drained r']);
  });

  it('the next answer follows without a pause, and each has its own beginning and end', () => {
    const queue = new PlayQueue();
    const { told, blocks, heard } = play(queue);
    queue.add('r', 'a', loud(200));
    queue.add('s', 'b', loud(300));
    queue.end('s');
    blocks(4);
    expect(told).toEqual(['started r', 'drained r', 'started s', 'drained s']);
    expect(heard()).toBe(500);
  });
});

describe('when it is cut', () => {
  it('it knows to the sample how much of which item was heard', () => {
    const queue = new PlayQueue();
    const { blocks, heard } = play(queue);
    queue.add('r', 'a', loud(256));
    queue.add('r', 'b', loud(9000));
    queue.add('r', 'c', loud(9000));
    blocks(10);
    const items = [
      { itemId: 'b', samples: 10 * block - 256 },
      { itemId: 'c', samples: 0 },
    ];
    expect(queue.clear()).toEqual({ responseId: 'r', items });
    blocks(50);
    expect(heard()).toBe(10 * block);
    expect(queue.clear()).toEqual({ responseId: null, items: [] });
  });

  it('what was not heard at all is told too, although nothing sounded', () => {
    const queue = new PlayQueue();
    queue.add('r', 'a', loud(100));
    expect(queue.clear()).toEqual({ responseId: null, items: [{ itemId: 'a', samples: 0 }] });
  });

  it('an item of which more was to come is cut where it is, one that was heard whole is not', () => {
    const queue = new PlayQueue();
    const { blocks } = play(queue);
    queue.add('r', 'a', loud(6000));
    blocks(100);
    expect(queue.clear().items).toEqual([{ itemId: 'a', samples: 6000 }]);
    queue.add('r', 'a', loud(6000));
    queue.whole('r');
    blocks(100);
    expect(queue.clear()).toEqual({ responseId: 'r', items: [] });
  });
});
