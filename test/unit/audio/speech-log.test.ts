import { describe, expect, it } from 'vitest';
import { SpeechLog } from '../../../lib/audio/speech-log.ts';

describe('where speech began', () => {
  it('is the first stretch that has something after the asked position', () => {
    const log = new SpeechLog();
    log.note({ kind: 'maybe', from: 100 }, 200);
    log.note({ kind: 'sure', from: 100 }, 300);
    log.note({ kind: 'over', from: 100 }, 900);
    log.note({ kind: 'maybe', from: 2000 }, 2100);
    expect([log.firstSince(0), log.firstSince(899), log.firstSince(900), log.firstSince(5000)]).toEqual([
      100, 100, 2000, 2000,
    ]);
  });

  it('is nowhere when it turned out to be a cough', () => {
    const log = new SpeechLog();
    log.note({ kind: 'maybe', from: 100 }, 200);
    expect([log.firstSince(0), log.speaking]).toEqual([100, true]);
    log.note({ kind: 'over', from: 100 }, 400);
    expect([log.firstSince(0), log.speaking]).toEqual([null, false]);
  });

  it('goes on until it is over', () => {
    const log = new SpeechLog();
    log.note({ kind: 'sure', from: 100 }, 200);
    expect(log.speaking).toBe(true);
    log.note({ kind: 'over', from: 100 }, 900);
    expect(log.speaking).toBe(false);
  });
});
