import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const setup = fileURLToPath(new URL('../../support/setup.mjs', import.meta.url));

/** On a machine without a PATH: whatever it wanted to install would fail. */
function run(...args: string[]) {
  return spawnSync(process.execPath, [setup, ...args], { encoding: 'utf8', env: {}, timeout: 10_000 });
}

describe('the set-up', () => {
  it('explains npm start without installing anything', () => {
    const { status, stdout, stderr } = run('start', '--help');
    expect(status).toBe(0);
    for (const option of ['--headless', '--question', '--page', '--seconds', '--json'])
      expect(stdout).toContain(option);
    expect(stderr).toBe('');
  });

  it('says what it can do when it is asked for something else', () => {
    const { status, stderr } = run('fly');
    expect(status).toBe(1);
    expect(stderr).toContain('start|test|install');
  });
});
