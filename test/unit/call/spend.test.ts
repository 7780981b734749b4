import { describe, expect, it } from 'vitest';
import { addResponse, addTranscription, capState, noSpend } from '../../../lib/call/spend.ts';
import { costOf, useOf } from '../../../lib/protocol/usage.ts';
import { priceOf, pricedModels, transcriptionUsdPerMinute } from '../../../lib/protocol/prices.ts';

const price = priceOf('gpt-realtime-2.1')!;

/** As OpenAI sends it, with details. */
const usage = {
  total_tokens: 1600,
  input_tokens: 1400,
  output_tokens: 200,
  input_token_details: {
    text_tokens: 800,
    audio_tokens: 500,
    image_tokens: 100,
    cached_tokens: 768,
    cached_tokens_details: { text_tokens: 704, audio_tokens: 64, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 50, audio_tokens: 150 },
};
const usd = (96 * 4 + 704 * 0.4 + 436 * 32 + 64 * 0.4 + 100 * 5 + 50 * 24 + 150 * 64) / 1_000_000;

describe('what a response costs', () => {
  it('is each kind of token at its own price, and cached ones are part of the input', () => {
    expect(costOf(useOf(usage)!, price)).toBeCloseTo(usd, 12);
  });

  it('is never less because details are missing', () => {
    const bare = { input_tokens: 1400, output_tokens: 200 };
    expect(costOf(useOf(bare)!, price)).toBeCloseTo((1400 * 32 + 200 * 64) / 1_000_000, 12);
    const thinking = { ...usage, output_tokens: 260 };
    expect(useOf(thinking)?.output).toEqual({ text: 110, audio: 150, image: 0 });
    const vague = { ...usage, input_token_details: { text_tokens: 800, audio_tokens: 600, cached_tokens: 1024 } };
    expect(useOf(vague)?.cached).toEqual({ text: 800, audio: 224, image: 0 });
  });

  it('takes no more off for the cache than there was to read', () => {
    const odd = { input_tokens: 10, input_token_details: { text_tokens: 10, cached_tokens: 4096 } };
    expect(costOf(useOf(odd)!, price)).toBeCloseTo((10 * 0.4) / 1_000_000, 12);
  });

  it.each([
    null,
    undefined,
    7,
    'much',
    [],
    {},
    { input_tokens: -5 },
    { input_tokens: Number.NaN },
    { output_tokens: 1e300 },
  ])('is unknown where the usage is %j', (odd) => expect(useOf(odd)).toBeNull());
});

describe('a price', () => {
  it('is known for each model of today, with its day and its source', () => {
    for (const model of pricedModels()) {
      expect(priceOf(model)?.seen).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(priceOf(model)?.source).toMatch(/^https:/);
    }
  });

  it('of a dated state is that of its model', () => {
    expect(priceOf('gpt-realtime-2025-08-28')).toBe(priceOf('gpt-realtime'));
    expect(transcriptionUsdPerMinute('gpt-4o-mini-transcribe-2025-12-15')).toBe(0.003);
  });

  it('of another model is not guessed, and the local engine costs nothing', () => {
    for (const name of ['gpt-live-1', 'my-azure-deployment', '', 'constructor', '__proto__']) {
      expect(priceOf(name)).toBeNull();
      expect(transcriptionUsdPerMinute(name)).toBeNull();
    }
    expect(costOf(useOf(usage)!, priceOf('anything', 'local')!)).toBe(0);
  });
});

describe('a call', () => {
  it('adds up its responses, each once, and what was written down', () => {
    let spend = addResponse(noSpend, { id: 'a', usage }, price);
    spend = addResponse(spend, { id: 'a', usage }, price);
    spend = addResponse(spend, { id: 'b', usage: null }, price);
    spend = addResponse(spend, { id: 'c', usage }, price);
    spend = addTranscription(spend, 30, 0.017);
    expect(spend.usd).toBeCloseTo(2 * usd + 0.0085, 12);
    expect(spend.use.input.audio).toBe(1000);
    expect(spend.unpriced).toBe(0);
  });

  it('says that its sum is only a part where a price is unknown', () => {
    const spend = addTranscription(addResponse(noSpend, { id: 'a', usage }, null), 30, null);
    expect(spend).toMatchObject({ usd: 0, unpriced: 2 });
    expect(spend.use.input.text).toBe(800);
    expect(addTranscription(noSpend, Number.NaN, 0.017)).toBe(noSpend);
  });
});

describe('a cap', () => {
  const caps = { call: 1, day: 4 };

  it('warns at four fifths and ends at all of it, whichever comes first', () => {
    expect(capState({ call: 0.79, day: 1 }, caps)).toMatchObject({ level: 'below', cap: 'call' });
    expect(capState({ call: 0.8, day: 1 }, caps)).toMatchObject({ level: 'near', cap: 'call' });
    expect(capState({ call: 0.1, day: 3.9 }, caps)).toMatchObject({ level: 'near', cap: 'day' });
    expect(capState({ call: 0.1, day: 4 }, caps)).toMatchObject({ level: 'reached', cap: 'day', share: 1 });
  });

  it('is not there when it was not set, and a cap of nothing lets free calls be', () => {
    expect(capState({ call: 99, day: 99 }, { call: null, day: null })).toEqual({ level: 'below', cap: null, share: 0 });
    expect(capState({ call: 0, day: 0 }, { call: 0, day: null }).level).toBe('below');
    expect(capState({ call: 0.001, day: 0 }, { call: 0, day: null }).level).toBe('reached');
  });
});
