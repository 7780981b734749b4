import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { ConfigError, loadConfig } from '../../../relay/settings/config.ts';
import { withFiles } from '../../../relay/settings/setting-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

it('a setting may be kept in a file, such as a key or many lines', () => {
  const config = loadConfig(
    withFiles({
      OPENAI_API_KEY_FILE: file('key', 'sk-test-key-of-nobody\n'),
      ORGANISATION_GLOSSARY_FILE: file('glossary', 'Parley=our browser assistant\r\nZbyszek\r\n'),
      REALTIME_VOICE: 'cedar',
      PORT_FILE: ' ',
    }),
  );
  expect(config.key).toBe('sk-test-key-of-nobody');
  expect(config.session.voice).toBe('cedar');
  expect(config.session.glossary.map(({ term }) => term)).toEqual(['Parley', 'Zbyszek']);
});

it('a file that is not there, is too large or is one of two answers is refused at start, all at once', () => {
  const read = () =>
    withFiles({
      OPENAI_API_KEY_FILE: join(folder, 'none'),
      ORGANISATION_INSTRUCTIONS_FILE: file('long', 'x'.repeat(65_537)),
      METRICS_TOKEN_FILE: file('token', 'sixteen-letters-x'),
      METRICS_TOKEN: 'sixteen-letters-y',
    });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/OPENAI_API_KEY_FILE: the file cannot be read \(ENOENT\)/);
  expect(read).toThrow(/ORGANISATION_INSTRUCTIONS_FILE: the file is larger/);
  expect(read).toThrow(/METRICS_TOKEN_FILE: is instead of METRICS_TOKEN/);
});
