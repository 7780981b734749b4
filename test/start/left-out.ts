/** What a vitest run left out on purpose, by its JSON report. */
import * as z from 'zod';

const reportShape = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      assertionResults: z.array(z.object({ fullName: z.string(), meta: z.object({ leftOut: z.string().optional() }) })),
    }),
  ),
});

export interface LeftOut {
  why: string;
  /** Of files, without folders, and the tests in them. */
  tests: { file: string; name: string }[];
}

/** By reason, in the order of the report; nothing when there is no report. */
export function leftOutOf(report: string): LeftOut[] {
  const found = new Map<string, LeftOut>();
  for (const { name: path, assertionResults } of parse(report)) {
    for (const { fullName, meta } of assertionResults) {
      if (meta.leftOut === undefined) continue;
      const one = found.get(meta.leftOut) ?? { why: meta.leftOut, tests: [] };
      one.tests.push({ file: path.split(/[\\/]/).at(-1) ?? path, name: fullName.trim() });
      found.set(meta.leftOut, one);
    }
  }
  return [...found.values()];
}

function parse(report: string): z.infer<typeof reportShape>['testResults'] {
  try {
    return reportShape.parse(JSON.parse(report)).testResults;
  } catch {
    return [];
  }
}
