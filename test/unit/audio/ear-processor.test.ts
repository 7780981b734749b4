import { beforeEach, describe, expect, it } from 'vitest';
import { registerEar, type EarCommand, type EarReport } from '../../../lib/audio/ear-processor.ts';
import type { WorkletScope } from '../../../lib/audio/worklet-scope.ts';

const block = 128;
const rate = 24_000;

/** The worklet's processor with nothing around it. */
function openProcessor() {
  const reports: EarReport[] = [];
  let obey: (event: { data: EarCommand }) => void = () => {};
  let ear: { process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean } | undefined;
  const port = {
    addEventListener: (_type: string, listener: typeof obey) => (obey = listener),
    start: () => {},
    postMessage: (report: EarReport) => void reports.push(report),
  };
  class AudioWorkletProcessor {
    readonly port = port;
  }
  registerEar({
    AudioWorkletProcessor,
    registerProcessor: (_name: string, Processor: new () => NonNullable<typeof ear>) => (ear = new Processor()),
    sampleRate: rate,
  } as unknown as WorkletScope);
  /** Returns what comes out. */
  const hear = (seconds: number, microphone: ((index: number) => number) | null) => {
    const played: number[] = [];
    for (let at = 0; at < seconds * rate; at += block) {
      const output = new Float32Array(block);
      const heard = microphone ? [Float32Array.from({ length: block }, (_none, index) => microphone(at + index))] : [];
      ear?.process([heard, []], [[output]]);
      played.push(...output);
    }
    return played;
  };
  const tell = (data: EarCommand) => obey({ data });
  const told = <T extends EarReport['type']>(type: T) =>
    reports.filter((report): report is Extract<EarReport, { type: T }> => report.type === type);
  return { hear, tell, told };
}

/** Pulses of a throat whose pitch rises slowly from 110 Hz: enough of a voice. */
function humming() {
  let phase = 0;
  return (index: number) => {
    phase += (110 * (1 + index / (2 * rate))) / rate;
    return 0.3 * Math.exp(-12 * (phase % 1)) * Math.sin(2 * Math.PI * 6 * (phase % 1));
  };
}

describe('the ear in its worklet', () => {
  let { hear, tell, told } = openProcessor();
  beforeEach(() => ({ hear, tell, told } = openProcessor()));

  it('tells twenty times a second how loud it is, and when a microphone gives nothing but zeros', () => {
    hear(0.5, null);
    hear(0.5, () => 0);
    hear(0.5, (index) => (index % 2 ? 0.25 : -0.25));
    const levels = told('level').map(({ level }) => level);
    expect(levels.length).toBeGreaterThan(25);
    expect(levels[0]).toEqual({ microphone: 0, voice: 0, microphoneFrames: 0, microphoneZero: false });
    expect(levels[15]).toMatchObject({ microphone: 0, microphoneZero: true });
    expect(levels.at(-1)).toMatchObject({ microphone: 0.25, microphoneFrames: 1280, microphoneZero: false });
  });

  it('remembers what was said, and counts only while there is a microphone', () => {
    hear(1, () => 0);
    hear(1, humming());
    hear(1, null);
    tell({ type: 'look', id: 1, since: 0 });
    const { position, speechFrom } = told('looked')[0]!.heard;
    expect(position).toBeGreaterThanOrEqual(2 * rate);
    expect(position).toBeLessThan(2.02 * rate);
    expect(speechFrom).toBeGreaterThan(0.95 * rate);
    expect(speechFrom).toBeLessThan(1.05 * rate);
  });

  it('takes speech for over when the microphone is taken away in the middle of it', () => {
    hear(1, () => 0);
    hear(0.5, humming());
    expect(told('onset').map(({ onset }) => onset.kind)).toEqual(['maybe', 'sure']);
    hear(0.01, null);
    expect(told('onset').map(({ onset }) => onset.kind)).toEqual(['maybe', 'sure', 'over']);
    tell({ type: 'look', id: 1, since: 0 });
    expect(told('looked')[0]!.heard.speaking).toBe(false);
  });

  it('delivers until it is told to stop, and says where that was', () => {
    hear(1, () => 0.1);
    tell({ type: 'deliver', id: 4, from: 100 });
    hear(0.1, () => 0.2);
    tell({ type: 'stop', id: 4 });
    hear(0.1, () => 0.3);
    const delivered = told('frame').reduce((sum, { frame }) => sum + frame.length, 0);
    expect(told('stopped')).toEqual([{ type: 'stopped', id: 4, position: 100 + delivered }]);
    expect(told('frame').at(-1)!.frame.at(-1)).toBe(Math.round(0.2 * 0x7fff));
  });

  it('goes on catching up for the one who asked last', () => {
    hear(1, () => 0.1);
    tell({ type: 'catch-up', id: 1, from: 0, speed: 1.25 });
    hear(0.1, () => 0.1);
    tell({ type: 'catch-up', id: 2, from: 0, speed: 1.25 });
    tell({ type: 'silence', id: 1 });
    expect(hear(0.1, () => 0.1).every((sample) => Math.abs(sample - 0.1) < 0.001)).toBe(true);
    tell({ type: 'silence', id: 2 });
    expect(hear(0.1, () => 0.1).every((sample) => sample === 0)).toBe(true);
    expect(told('caught-up')).toEqual([]);
  });
});
