/** Cases that tests play: runs exactly those tests, and says which of them failed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestedCase } from './case.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ran {
  file: string;
  name: string;
  passed: boolean;
}

/** Per case what did not hold: tests that failed, and those that are not there any more. `everyCase`: random ones in full number. */
export async function playTests(cases: readonly TestedCase[], everyCase: boolean): Promise<Map<TestedCase, string[]>> {
  const wanted = cases.flatMap(({ tests }) => tests);
  const ran: Ran[] = [];
  for (const project of ['unit', 'integration', 'browser']) {
    const ofProject = wanted.filter(({ file }) => file.startsWith(`${project}/`));
    if (ofProject.length > 0) ran.push(...(await run(project, ofProject, everyCase)));
  }
  return new Map(cases.map((one) => [one, brokenOf(one, ran)]));
}

function brokenOf({ tests }: TestedCase, ran: readonly Ran[]): string[] {
  return tests.flatMap(({ file, names }) => {
    const found = ran.filter((test) => test.file.endsWith(`/test/${file}`) && test.name.includes(names));
    if (found.length === 0) return [`no test “${names}” in ${file}`];
    return found.filter(({ passed }) => !passed).map(({ name }) => `failed: ${name}`);
  });
}

async function run(project: string, tests: TestedCase['tests'], everyCase: boolean): Promise<Ran[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-tests-'));
  const outputFile = join(folder, 'tests.json');
  const files = [...new Set(tests.map(({ file }) => `test/${file}`))];
  const names = [...new Set(tests.map((test) => escaped(test.names)))].join('|');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const args = ['run', '--config', 'test/vitest.config.ts', '--project', project, ...files, '-t', names];
  const report = ['--reporter=json', `--outputFile=${outputFile}`];
  try {
    const env = { ...process.env, ...(everyCase ? { PARLEY_ALL_CASES: '1' } : {}) };
    const child = spawn(process.execPath, [vitest, ...args, ...report], { cwd: root, stdio: 'ignore', env });
    await once(child, 'exit');
    const { testResults } = JSON.parse(await readFile(outputFile, 'utf8')) as {
      testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
    };
    return testResults.flatMap(({ name: file, assertionResults }) =>
      assertionResults
        .filter(({ status }) => status === 'passed' || status === 'failed')
        .map(({ fullName, status }) => ({ file, name: fullName, passed: status === 'passed' })),
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
