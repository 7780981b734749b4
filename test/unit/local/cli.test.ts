import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readOptions } from '../../../relay/local/cli-options.ts';

const folder = mkdtempSync(join(tmpdir(), 'parley-cli-'));
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

function mistakes(...args: string[]): string[] {
  try {
    readOptions(args);
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
}

describe('The engine’s command line', () => {
  it('without options is any free port, the built-in mind, and nothing special', () => {
    const nothing = { help: false, port: 0, seed: null, control: false, hostAddresses: false, steps: null };
    expect(readOptions([])).toEqual(nothing);
  });

  it('takes all its options at once', () => {
    const script = file('good.json', '[{"hear": "/hi/"}, {"say": "Hello."}]');
    expect(
      readOptions(['--port', '8080', '--seed=7', '--control', '--host-addresses', '--script', script]),
    ).toMatchObject({
      port: 8080,
      seed: 7,
      control: true,
      hostAddresses: true,
      steps: [{ hear: /hi/ }, { part: { say: 'Hello.' } }],
    });
    expect(readOptions(['-h']).help).toBe(true);
  });

  it('names every mistake at once', () => {
    const script = file('bad.json', '[{"hear": "/x(/"}, {"sing": 1}]');
    expect(
      mistakes('--port', '70000', '--foo', '--seed=x', '--control=1', 'more', '--script', script, '--port', '1'),
    ).toEqual([
      'There is no option --foo. See --help.',
      '--control takes no value.',
      '"more" belongs to no option.',
      '--port is given twice.',
      '--port takes a whole number from 0 to 65535, not "70000".',
      '--seed takes a whole number from 0 to 4294967295, not "x".',
      expect.stringContaining('Step 1: hear: Invalid regular expression'),
      expect.stringContaining('Step 2: a step is an object with one of'),
    ]);
  });

  it.each([
    [['--port'], '--port needs a value.'],
    [['--port', ''], '--port takes a whole number'],
    [['--script', join(folder, 'none.json')], 'there is no such file'],
    [['--script', file('text.json', 'hello')], 'JSON'],
  ])('refuses %s', (args, message) => {
    expect(mistakes(...args)).toEqual([expect.stringContaining(message)]);
  });
});
