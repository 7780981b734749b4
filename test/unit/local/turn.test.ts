import { describe, expect, it } from 'vitest';
import { detectorSettings, FRAME_MS, TurnDetector, type TurnEdge } from '../../../relay/local/session/turn-detector.ts';

const settings = { threshold: 0.5, prefixMs: 300, silenceMs: 200 };

function edges(probabilities: number[], given = settings): { frame: number; edge: TurnEdge }[] {
  const detector = new TurnDetector();
  return probabilities.flatMap((probability, frame) => {
    const edge = detector.push(probability, given);
    return edge ? [{ frame, edge }] : [];
  });
}

describe('A turn', () => {
  it('begins with the third loud frame in a row', () => {
    expect(edges([0.9, 0.9, 0.1, 0.9, 0.9, 0.9])).toEqual([{ frame: 5, edge: 'started' }]);
  });

  it('goes on while the voice is only soft: off is 0.15 below on', () => {
    expect(edges([0.9, 0.9, 0.9, ...Array<number>(30).fill(0.4)])).toEqual([{ frame: 2, edge: 'started' }]);
  });

  it('ends after the silence that was set, and not before', () => {
    const quiet = Math.ceil(200 / FRAME_MS);
    expect(edges([0.9, 0.9, 0.9, ...Array<number>(quiet - 1).fill(0)])).toHaveLength(1);
    expect(edges([0.9, 0.9, 0.9, ...Array<number>(quiet).fill(0)])).toContainEqual({
      frame: 2 + quiet,
      edge: 'stopped',
    });
  });

  it('is not cut by a pause between two words', () => {
    const pause = Array<number>(4).fill(0);
    expect(edges([0.9, 0.9, 0.9, ...pause, 0.9, ...pause, 0.9])).toEqual([{ frame: 2, edge: 'started' }]);
  });

  it('does not begin for clicks and mumbling under the threshold', () => {
    expect(edges([0.9, 0, 0.9, 0.9, 0, ...Array<number>(50).fill(0.49)])).toEqual([]);
  });

  it('waits longer when a sentence is to be finished, the less eager the longer', () => {
    const silences = (['high', 'medium', 'auto', 'low'] as const).map(
      (eagerness) =>
        detectorSettings({ type: 'semantic_vad', eagerness, create_response: true, interrupt_response: true })
          .silenceMs,
    );
    expect(silences).toEqual(silences.toSorted((a, b) => a - b));
    expect(silences[0]).toBeGreaterThan(200);
  });
});
