import { describe, expect, it } from 'vitest';
import { fromPcmBytes } from '../../../relay/local/audio/pcm.ts';
import type { SoundFormat } from '../../../relay/local/audio/sound-format.ts';
import { burstOutput } from '../../../relay/local/output/burst-output.ts';

const part = (type: SoundFormat['type'] = 'audio/pcm') => ({
  responseId: 'resp_1',
  itemId: 'item_1',
  outputIndex: 1,
  contentIndex: 0,
  format: { type },
});
const ramp = (ms: number): Int16Array => Int16Array.from({ length: ms * 24 }, (_none, at) => (at % 60_000) - 30_000);

function opened() {
  const events: { type: string; [field: string]: any }[] = [];
  const output = burstOutput((event) => events.push(event));
  const bytes = (): Buffer => Buffer.concat(events.map(({ delta }) => Buffer.from(delta, 'base64')));
  return { output, events, bytes };
}

describe('The voice over WebSocket', () => {
  it('leaves at once, whole, in slices of 200 ms', () => {
    const { output, events, bytes } = opened();
    output.write(part(), ramp(500));
    expect(events.map(({ delta }) => Buffer.from(delta, 'base64').length)).toEqual([9600, 9600, 4800]);
    expect(events[0]).toMatchObject({
      type: 'response.output_audio.delta',
      response_id: 'resp_1',
      item_id: 'item_1',
      output_index: 1,
      content_index: 0,
    });
    expect(fromPcmBytes(bytes())).toEqual(ramp(500));
  });

  it.each(['audio/pcmu', 'audio/pcma'] as const)('leaves as %s where that is wanted', (type) => {
    const { output, events } = opened();
    output.write(part(type), ramp(400));
    expect(events.map(({ delta }) => Buffer.from(delta, 'base64').length)).toEqual([1600, 1600]);
  });

  it('cannot be taken back: only the client knows what was heard', () => {
    const { output, events } = opened();
    output.write(part(), ramp(200));
    expect(output.buffered).toBe(false);
    expect(output.clear()).toBeNull();
    output.finish('resp_1');
    expect(events).toHaveLength(1);
  });

  it('ends when it is closed', () => {
    const { output, events } = opened();
    output.close();
    output.write(part(), ramp(200));
    expect(events).toEqual([]);
  });
});
