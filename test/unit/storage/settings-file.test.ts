import { describe, expect, it } from 'vitest';
import type { Settings } from '../../../lib/protocol/settings.ts';
import { settingsAsFile, settingsFromFile, type SettingsImport } from '../../../lib/storage/settings-file.ts';
import { defaultSettings } from '../../../lib/storage/settings.ts';

const mine: Settings = {
  ...defaultSettings,
  relay: { url: 'https://relay.example/team', deviceToken: 'secret-token' },
  voice: 'cedar',
  microphoneId: 'my-microphone',
  patience: 4,
};
const here: Settings = { ...defaultSettings, relay: { url: 'http://127.0.0.1:8787', deviceToken: 'local-token' } };

function read(text: string, current = here): Extract<SettingsImport, { ok: true }> {
  const result = settingsFromFile(text, current);
  if (!result.ok) throw new Error(result.why);
  return result;
}
const fileWith = (settings: object, version = 1) => JSON.stringify({ format: 'parley-settings', version, settings });

describe('settings as a file', () => {
  it('hold no secret, and nothing that is of this machine alone', () => {
    const file = settingsAsFile(mine);
    expect(file).not.toContain('secret-token');
    expect(file).not.toContain('my-microphone');
    expect(file).toContain('https://relay.example/team');
  });

  it('bring another browser to the same, but for token and devices', () => {
    const result = read(settingsAsFile(mine), { ...here, microphoneId: 'its-microphone' });
    expect(result.next).toEqual({
      ...mine,
      relay: { url: 'https://relay.example/team', deviceToken: '' },
      microphoneId: 'its-microphone',
    });
    expect(result).toMatchObject({ changed: ['relay', 'voice', 'patience'], refused: [], otherRelay: true });
  });

  it('keep the token where the relay is the same', () => {
    const result = read(settingsAsFile(mine), mine);
    expect(result).toMatchObject({ next: mine, changed: [], otherRelay: false });
  });
});

describe('a file that is not ours', () => {
  it('never brings a token, nor sends this one elsewhere', () => {
    const thief = fileWith({ relay: { url: 'https://evil.example', deviceToken: 'planted' } });
    expect(read(thief)).toMatchObject({
      next: { relay: { url: 'https://evil.example', deviceToken: '' } },
      otherRelay: true,
    });
    const planted = fileWith({ relay: { url: here.relay.url, deviceToken: 'planted' } });
    expect(read(planted).next.relay).toEqual(here.relay);
  });

  it.each([
    'ftp://relay.example',
    'javascript:alert(1)',
    'https://me:pw@relay.example',
    'https://r.example/?a=b',
    'nonsense',
    7,
    null,
  ])('has its relay refused when it is %j', (url) =>
    expect(read(fileWith({ relay: { url } }))).toMatchObject({ next: here, refused: ['relay'], otherRelay: false }),
  );

  it('changes only what fits, and says what does not', () => {
    const odd = fileWith({ voice: 'cedar', patience: 99, language: 'klingon', hologram: true, sounds: 'yes' });
    const result = read(odd);
    expect(result.next).toEqual({ ...here, voice: 'cedar' });
    expect(result.changed).toEqual(['voice']);
    expect(result.refused).toEqual(['patience', 'language', 'hologram', 'sounds']);
  });

  it('from a newer Parley is read as far as we know it', () => {
    expect(read(fileWith({ voice: 'cedar', later: 1 }, 9))).toMatchObject({ changed: ['voice'], refused: ['later'] });
  });

  it('cannot reach behind the settings', () => {
    const result = read(
      `{"format":"parley-settings","version":1,"settings":{"__proto__":{"voice":"x"},"constructor":1}}`,
    );
    expect(result.next).toEqual(here);
    expect(({} as Record<string, unknown>)['voice']).toBeUndefined();
  });

  it.each([
    ['', 'not-json'],
    ['{', 'not-json'],
    ['null', 'not-settings'],
    ['[]', 'not-settings'],
    ['{"format":"parley-calls","version":1,"settings":{}}', 'not-settings'],
    ['{"format":"parley-settings","settings":{}}', 'not-settings'],
    ['{"format":"parley-settings","version":1,"settings":[]}', 'not-settings'],
    [' '.repeat(600_000), 'too-large'],
  ])('is refused with a reason: %.60s', (text, why) => {
    expect(settingsFromFile(text, here)).toEqual({ ok: false, why });
  });
});
