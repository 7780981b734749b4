import { describe, expect, it } from 'vitest';
import {
  detectorSettings,
  FRAME_MS,
  TurnDetector,
  type DetectorSettings,
  type TurnEdge,
} from '../../../relay/local/session/turn-detector.ts';

const settings: DetectorSettings = { threshold: 0.5, prefixMs: 300, silenceMs: 200, pauseMs: null };

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

  it('waits up to 2, 4 or 8 seconds when a sentence is to be finished, the less eager the longer', () => {
    const waits = (['high', 'medium', 'auto', 'low'] as const).map(
      (eagerness) =>
        detectorSettings({ type: 'semantic_vad', eagerness, create_response: true, interrupt_response: true })
          .silenceMs,
    );
    expect(waits).toEqual([2000, 4000, 4000, 8000]);
  });

  it('tells each pause that is worth a look once, and when it was only one', () => {
    const patient: DetectorSettings = { ...settings, silenceMs: 2000, pauseMs: 300 };
    const pause = Array<number>(12).fill(0);
    expect(edges([0.9, 0.9, 0.9, ...pause, 0.9, 0.9, ...pause], patient).map(({ edge }) => edge)).toEqual([
      'started',
      'paused',
      'resumed',
      'paused',
    ]);
  });

  it('is not looked at in pauses by a detector that only counts silence', () => {
    const slow: DetectorSettings = { ...settings, silenceMs: 5000 };
    expect(edges([0.9, 0.9, 0.9, ...Array<number>(100).fill(0)], slow)).toHaveLength(1);
  });
});
