import { describe, expect, it } from 'vitest';
import { ConfigError, loadConfig, type Environment } from '../../../relay/settings/config.ts';
import { extensionId } from '../../../lib/protocol/identity.ts';

const key = 'sk-test-key-of-nobody';

function errorsOf(environment: Environment): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.errors;
    throw error;
  }
}

describe('an empty environment', () => {
  it('is a relay for this machine, with the local engine and the shipped extension', () => {
    expect(loadConfig({})).toMatchObject({
      host: '127.0.0.1',
      port: 8787,
      key: null,
      tls: null,
      trustedHops: 0,
      tokenTtlS: 60,
      freeWhileIdle: null,
      negotiatedChannel: null,
      calls: true,
      socketsPerDevice: 4,
      origins: [`chrome-extension://${extensionId}`],
      session: { model: 'gpt-realtime-2.1', voice: 'marin', transcriptionModel: 'gpt-realtime-whisper' },
      limits: {
        tokenPerMinute: 6,
        tokenPerHour: 60,
        addressPerMinute: 60,
        failedAuthPerMinute: 5,
        globalPerMinute: 60,
      },
    });
  });

  it('is the same as one full of empty variables', () => {
    expect(loadConfig({ OPENAI_API_KEY: '', PORT: ' ', TLS_CERT: '', REALTIME_BASE_URL: '' })).toEqual(loadConfig({}));
  });
});

it('everything that is wrong is said at once', () => {
  const errors = errorsOf({
    OPENAI_API_KEY: 'two words here',
    PORT: 'abc',
    HOST: '0.0.0.0',
    REALTIME_MODEL: 'a model',
    REALTIME_BASE_URL: 'http://provider.example/v1',
    EXTENSION_IDS: 'abc',
    ALLOWED_ORIGINS: '*',
    TLS_CERT: 'cert.pem',
    TRUST_PROXY: 'yes',
    TOKEN_TTL_S: '5',
    RATE_TOKEN_PER_MINUTE: '-1',
    SOCKETS_PER_DEVICE: '0',
    REALTIME_FREE_WHILE_IDLE: 'yes',
    REALTIME_NEGOTIATED_CHANNEL: '2',
    REALTIME_CALLS: 'off',
    REALTIME_INSTRUCTIONS: 'Speak slowly.',
  });
  const named = errors.map((line) => line.split(':')[0]);
  expect(named.toSorted()).toEqual([
    'ALLOWED_ORIGINS',
    'EXTENSION_IDS',
    'HOST',
    'OPENAI_API_KEY',
    'PORT',
    'RATE_TOKEN_PER_MINUTE',
    'REALTIME_BASE_URL',
    'REALTIME_CALLS',
    'REALTIME_FREE_WHILE_IDLE',
    'REALTIME_INSTRUCTIONS',
    'REALTIME_MODEL',
    'REALTIME_NEGOTIATED_CHANNEL',
    'SOCKETS_PER_DEVICE',
    'TLS_KEY',
    'TOKEN_TTL_S',
    'TRUST_PROXY',
  ]);
  expect(errors.join('\n')).not.toContain('two words here');
});

describe('an address that other machines reach', () => {
  for (const HOST of ['0.0.0.0', '192.168.1.5', '::', 'relay.example.com']) {
    it(`${HOST} needs TLS or a proxy`, () => {
      expect(errorsOf({ HOST })).toEqual([expect.stringContaining('TLS_CERT')]);
      expect(errorsOf({ HOST, TRUST_PROXY: '0' })).toHaveLength(1);
      expect(errorsOf({ HOST, TRUST_PROXY: '1' })).toEqual([]);
      expect(errorsOf({ HOST, TLS_CERT: 'c.pem', TLS_KEY: 'k.pem' })).toEqual([]);
    });
  }
  for (const HOST of ['127.0.0.1', 'localhost', '::1', '127.1.2.3']) {
    it(`${HOST} is none`, () => expect(errorsOf({ HOST })).toEqual([]));
  }
});

describe('the provider address', () => {
  for (const REALTIME_BASE_URL of [
    'https://user:pass@provider.example/v1',
    'https://provider.example/v1?key=1',
    'http://provider.example',
    'ftp://provider.example',
    'provider.example',
  ]) {
    it(`${REALTIME_BASE_URL} is refused`, () => {
      expect(errorsOf({ OPENAI_API_KEY: key, REALTIME_BASE_URL })).toEqual([
        expect.stringMatching(/^REALTIME_BASE_URL: must be/),
      ]);
    });
  }
  it('loses its last slash, and may be plain http on this machine', () => {
    expect(loadConfig({ OPENAI_API_KEY: key, REALTIME_BASE_URL: 'http://localhost:9000/v1/' }).baseUrl).toBe(
      'http://localhost:9000/v1',
    );
  });
  it('without a key is a mistake, not the local engine', () => {
    expect(errorsOf({ REALTIME_BASE_URL: 'https://provider.example/v1' })).toEqual([
      expect.stringContaining('OPENAI_API_KEY'),
    ]);
  });
});

it('what is known of a provider can be said otherwise', () => {
  const said = { REALTIME_FREE_WHILE_IDLE: '0', REALTIME_NEGOTIATED_CHANNEL: '1', REALTIME_CALLS: '0' };
  expect(loadConfig(said)).toMatchObject({ freeWhileIdle: false, negotiatedChannel: true, calls: false });
});

it('lists are read, and always hold what is used by default', () => {
  const config = loadConfig({
    REALTIME_MODEL: 'my-model',
    REALTIME_MODELS: 'a, b,',
    REALTIME_VOICES: 'cedar',
    EXTENSION_IDS: 'a'.repeat(32),
    ALLOWED_ORIGINS: 'http://localhost:3000',
    REALTIME_TRANSCRIPTION_MODEL: 'off',
    TRUST_PROXY: 'true',
  });
  expect(config.session).toMatchObject({
    models: ['my-model', 'a', 'b'],
    voices: ['marin', 'cedar'],
    transcriptionModel: null,
  });
  expect(config.origins).toEqual([
    `chrome-extension://${extensionId}`,
    `chrome-extension://${'a'.repeat(32)}`,
    'http://localhost:3000',
  ]);
  expect(config.trustedHops).toBe(1);
});

describe('moderation', () => {
  it('is off until it is wanted', () => {
    expect(loadConfig({ OPENAI_API_KEY: key })).toMatchObject({ moderation: null, direct: true });
  });

  it('is OpenAI’s with its key, or a server of one’s own, and then no call goes unseen', () => {
    expect(loadConfig({ OPENAI_API_KEY: key, MODERATION: '1' })).toMatchObject({
      moderation: { url: 'https://api.openai.com/v1/moderations', key },
      direct: false,
    });
    expect(loadConfig({ MODERATION: 'http://127.0.0.1:9000/look', MODERATION_KEY: 'hook-key-1' })).toMatchObject({
      moderation: { url: 'http://127.0.0.1:9000/look', key: 'hook-key-1' },
      direct: false,
    });
  });

  const own = { MODERATION: 'https://hook.example/look', MODERATION_KEY: 'hook-key-1' };
  it.each<[Environment, string]>([
    [{ MODERATION: '1' }, 'MODERATION'],
    [{ MODERATION: '1', OPENAI_API_KEY: key, REALTIME_BASE_URL: 'https://other.example/v1' }, 'MODERATION'],
    [{ MODERATION: '1', OPENAI_API_KEY: key, MODERATION_KEY: 'hook-key-1' }, 'MODERATION_KEY'],
    [{ MODERATION: 'http://hook.example/look', MODERATION_KEY: 'hook-key-1' }, 'MODERATION'],
    [{ MODERATION: 'yes', MODERATION_KEY: 'hook-key-1' }, 'MODERATION'],
    [{ MODERATION: 'https://hook.example/look' }, 'MODERATION_KEY'],
    [{ MODERATION_KEY: 'hook-key-1' }, 'MODERATION'],
    [{ ...own, REALTIME_DIRECT: '1' }, 'REALTIME_DIRECT'],
    [{ ...own, REALTIME_SIDEBAND: '0' }, 'REALTIME_SIDEBAND'],
    [{ ...own, REALTIME_TRANSCRIPTION_MODEL: 'off' }, 'REALTIME_TRANSCRIPTION_MODEL'],
    [{ ...own, REALTIME_TRANSPORTS: 'webrtc' }, 'REALTIME_TRANSPORTS'],
  ])('%o is refused at start', (environment, setting) => {
    expect(errorsOf(environment).map((line) => line.split(':')[0])).toEqual([setting]);
  });

  it('goes without listening where the relay opens no calls', () => {
    expect(errorsOf({ ...own, REALTIME_SIDEBAND: '0', REALTIME_CALLS: '0' })).toEqual([]);
  });
});

describe('the glossary', () => {
  const read = (ORGANISATION_GLOSSARY: string) => loadConfig({ ORGANISATION_GLOSSARY }).session.glossary;

  it('is terms with or without a meaning, by semicolon or by line', () => {
    expect(read('Parley = our browser assistant; Zbyszek;\nE=mc²\n;a=b=c')).toEqual([
      { term: 'Parley', meaning: 'our browser assistant' },
      { term: 'Zbyszek', meaning: undefined },
      { term: 'E', meaning: 'mc²' },
      { term: 'a', meaning: 'b=c' },
    ]);
    expect(loadConfig({}).session.glossary).toEqual([]);
  });

  it.each([
    ['a meaning without a term', '=quarterly business review'],
    ['a term that is a sentence', 'word '.repeat(20)],
    ['too many terms', Array.from({ length: 101 }, (_, at) => `t${at}`).join(';')],
    ['too much text', `QBR=${'x'.repeat(4000)}`],
  ])('with %s is refused at start', (_what, text) => {
    expect(errorsOf({ ORGANISATION_GLOSSARY: text })).toEqual([
      expect.stringMatching(/^ORGANISATION_GLOSSARY: must be terms/),
    ]);
  });
});
