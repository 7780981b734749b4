import { describe, expect, it } from 'vitest';
import { PlayQueue, type QueueChange } from '../../../lib/audio/play-queue.ts';

const block = 128;
const loud = (length: number) => new Int16Array(length).fill(16_384);

/** Fills blocks until something changes. */
function playUntilChange(queue: PlayQueue, most = 1000): { change: QueueChange; blocks: number; heard: number } {
  let heard = 0;
  for (let blocks = 1; blocks <= most; blocks += 1) {
    const out = new Float32Array(block);
    const change = queue.next(out);
    heard += out.filter((sample) => sample !== 0).length;
    if (change) return { change, blocks, heard };
  }
  return { change: null, blocks: most, heard };
}

describe('the voice over WebSocket', () => {
  it('begins when 60 ms are there, plays every sample once, and ends after the last', () => {
    const queue = new PlayQueue();
    queue.add('a', loud(1000));
    expect(playUntilChange(queue, 5).change).toBeNull();
    queue.add('a', loud(1000));
    const began = playUntilChange(queue);
    expect(began.change).toBe('started');
    queue.end();
    const ended = playUntilChange(queue);
    expect(ended.change).toBe('drained');
    expect(began.heard + ended.heard).toBe(2000);
  });

  it('plays a short answer, however short', () => {
    const queue = new PlayQueue();
    queue.add('a', loud(100));
    queue.end();
    expect(playUntilChange(queue).change).toBe('started');
    expect(playUntilChange(queue).change).toBe('drained');
  });

  it('waits for more when it runs dry, and goes on where it was', () => {
    const queue = new PlayQueue();
    queue.add('a', loud(1500));
    expect(playUntilChange(queue).change).toBe('started');
    expect(playUntilChange(queue).change).toBe('starved');
    queue.add('a', loud(1500));
    queue.end();
    expect(playUntilChange(queue).change).toBe('drained');
  });

  it('knows to the sample how much of the item was heard when it is cleared', () => {
    const queue = new PlayQueue();
    queue.add('a', loud(256));
    queue.add('b', loud(4000));
    for (let index = 0; index < 10; index += 1) queue.next(new Float32Array(block));
    expect(queue.clear()).toEqual({ itemId: 'b', samples: 10 * block - 256 });
    expect(queue.clear()).toBeNull();
    expect(playUntilChange(queue, 20)).toMatchObject({ change: null, heard: 0 });
  });
});
