import { describe, expect, it } from 'vitest';
import { countsOf } from '../../start/counts.ts';

const report = JSON.stringify({ numPassedTests: 5, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 });

describe('counting tests', () => {
  it('adds what was skipped and what is still to do', () => {
    expect(countsOf(report, 1)).toEqual({ passed: 5, failed: 1, skipped: 3 });
  });

  it('never looks green when vitest did not end well', () => {
    expect(countsOf(report.replace('"numFailedTests":1', '"numFailedTests":0'), 1)).toEqual({
      passed: 5,
      failed: 1,
      skipped: 3,
    });
    expect(countsOf('', 1)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});
