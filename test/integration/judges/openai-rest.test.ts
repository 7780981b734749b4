/** The `openai` package's REST client, which a relay mints keys with. */
import OpenAI, { AuthenticationError } from 'openai';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLocalEngine, type LocalEngine } from '../../../relay/local/engine-process.ts';

describe('The openai REST client', () => {
  let engine: LocalEngine;
  beforeAll(async () => {
    engine = await startLocalEngine();
  });
  afterAll(async () => engine?.close());

  it('mints a key whose session it recognises', async () => {
    const client = new OpenAI({ apiKey: engine.key, baseURL: engine.baseUrl });
    const secret = await client.realtime.clientSecrets.create({
      expires_after: { anchor: 'created_at', seconds: 60 },
      session: { type: 'realtime', model: 'gpt-realtime-2.1', instructions: 'Be brief.' },
    });
    expect(secret.value).toMatch(/^ek_/);
    expect(secret.expires_at - Date.now() / 1000).toBeGreaterThan(50);
    expect(secret.session).toMatchObject({ object: 'realtime.session', instructions: 'Be brief.' });
  });

  it('gets its own error classes for what is refused', async () => {
    const wrong = new OpenAI({ apiKey: 'sk-wrong', baseURL: engine.baseUrl, maxRetries: 0 });
    await expect(wrong.realtime.clientSecrets.create({})).rejects.toBeInstanceOf(AuthenticationError);
    const client = new OpenAI({ apiKey: engine.key, baseURL: engine.baseUrl, maxRetries: 0 });
    const unknown = { type: 'realtime', temperature: 0.8 } as never;
    await expect(client.realtime.clientSecrets.create({ session: unknown })).rejects.toMatchObject({
      status: 400,
      code: 'unknown_parameter',
      param: 'session.temperature',
    });
  });
});
