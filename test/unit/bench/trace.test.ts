import { describe, expect, it } from 'vitest';
import { workBetween, type TraceEvent } from '../../bench/ui/trace.ts';

const task = (ts: number, dur: number, tdur: number, tid = 1): TraceEvent => ({
  name: 'ThreadControllerImpl::RunTask',
  ph: 'X',
  pid: 1,
  tid,
  ts,
  dur,
  tdur,
});
const mark = (name: string, ts: number): TraceEvent => ({ name, ph: 'I', pid: 1, tid: 1, ts });

describe('the work between two marks', () => {
  it('is all tasks of that thread from the one with the first mark to the one before the second', () => {
    const events = [
      task(0, 500, 500),
      task(1000, 2000, 1500),
      mark('begin', 1800),
      task(4000, 1000, 1000),
      task(4000, 9000, 9000, 2),
      task(6000, 300, 300),
      mark('end', 6100),
    ];
    expect(workBetween(events, 'begin', 'end')).toEqual([{ wall: 3, cpu: 2.5 }]);
  });

  it('counts a task within another once, and begins again with the next pair', () => {
    const events = [
      task(1000, 2000, 2000),
      task(1500, 1000, 1000),
      mark('begin', 1600),
      task(4000, 100, 100),
      mark('end', 4050),
      task(5000, 700, 700),
      mark('begin', 5000),
      mark('begin', 5100),
      task(6000, 100, 100),
      mark('end', 6050),
    ];
    expect(workBetween(events, 'begin', 'end')).toEqual([
      { wall: 2, cpu: 2 },
      { wall: 0.7, cpu: 0.7 },
    ]);
  });

  it('is none without a second mark', () => {
    expect(workBetween([task(0, 1, 1), mark('begin', 0)], 'begin', 'end')).toEqual([]);
    expect(workBetween([], 'begin', 'end')).toEqual([]);
  });
});
