/** Counts the tests of a vitest run by its JSON report. */
import * as z from 'zod';

export interface Counts {
  passed: number;
  failed: number;
  skipped: number;
}

const reportShape = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
});

/**
 * `code` is what vitest ended with. A run that failed without a failed test (a file that does not load, an error outside
 * of a test, a crash that left no report) counts as one failure, so that the sum never looks green.
 */
export function countsOf(report: string, code: number): Counts {
  const { numPassedTests = 0, numFailedTests = 0, numPendingTests = 0, numTodoTests = 0 } = parse(report);
  const failed = numFailedTests === 0 && code !== 0 ? 1 : numFailedTests;
  return { passed: numPassedTests, failed, skipped: numPendingTests + numTodoTests };
}

function parse(report: string): Partial<z.infer<typeof reportShape>> {
  try {
    return reportShape.parse(JSON.parse(report));
  } catch {
    return {};
  }
}

export function addCounts(a: Counts, b: Counts): Counts {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}
