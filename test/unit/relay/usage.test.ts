import { describe, expect, it } from 'vitest';
import { memoryDatabase } from '../../../relay/sqlite/database.ts';
import { sqliteUsage } from '../../../relay/sqlite/usage.ts';
import { microUsdOf } from '../../../relay/usage/cost.ts';
import { freePrices, listPrices, pricesAt, pricesOf, transcriptionPrice } from '../../../relay/usage/prices.ts';
import { readUsage } from '../../../relay/usage/read-usage.ts';

const done = (usage: unknown) => JSON.stringify({ type: 'response.done', response: { id: 'resp_1', usage } });
/** Shaped as a real one (realtime-protocol, 3.12). */
const usage = {
  total_tokens: 400,
  input_tokens: 300,
  output_tokens: 100,
  input_token_details: {
    text_tokens: 200,
    audio_tokens: 100,
    image_tokens: 0,
    cached_tokens: 128,
    cached_tokens_details: { text_tokens: 128, audio_tokens: 0, image_tokens: 0 },
  },
  output_token_details: { text_tokens: 20, audio_tokens: 80 },
};

describe('What an answer costs', () => {
  it('is every kind of token at its own price, and the cache at its', () => {
    const cost = microUsdOf(readUsage(done(usage))!, pricesOf('gpt-realtime-2.1', listPrices), null);
    expect(cost).toBe(Math.round(72 * 4 + 128 * 0.4 + 100 * 32 + 20 * 24 + 80 * 64));
  });

  it('is nothing with the local engine', () => {
    expect(microUsdOf(readUsage(done(usage))!, freePrices, null)).toBe(0);
  });

  it('counts tokens of no stated kind as the dearest', () => {
    expect(readUsage(done({ input_tokens: 10, output_tokens: 5 }))).toEqual({
      kind: 'answer',
      use: {
        input: { text: 0, audio: 10, image: 0 },
        cached: { text: 0, audio: 0, image: 0 },
        output: { text: 0, audio: 5, image: 0 },
      },
    });
  });

  it('adds what was written down for the person, by the second or by tokens', () => {
    const written = (about: object) =>
      readUsage(JSON.stringify({ type: 'conversation.item.input_audio_transcription.completed', usage: about }))!;
    const minute = written({ type: 'duration', seconds: 60 });
    expect(microUsdOf(minute, freePrices, 'gpt-realtime-whisper')).toBe(17_000);
    expect(microUsdOf(minute, freePrices, null)).toBe(0);
    expect(written({ type: 'tokens', input_token_details: { audio_tokens: 600 } })).toEqual(minute);
  });

  it.each([
    '{"type":"response.output_audio.delta","delta":"AAAA"}',
    '{"type":"response.done"',
    '{"type":"x","note":"response.done"}',
    'response.done',
  ])('is unknown of %s', (text) => expect(readUsage(text)).toBeNull());

  it.each([{ input_tokens: -5 }, { input_tokens: 1e300 }, { input_tokens: 'NaN', output_tokens: [] }])(
    'is never less than nothing: %o',
    (odd) => expect(microUsdOf(readUsage(done(odd))!, pricesOf('gpt-realtime', listPrices), null)).toBe(0),
  );
});

it('An answer begins, and may fail without having used anything', () => {
  expect(readUsage('{"type":"response.created","response":{}}')).toEqual({ kind: 'begun' });
  const failed = readUsage('{"type":"response.done","response":{"status":"failed","usage":null}}')!;
  expect(microUsdOf(failed, pricesOf('gpt-realtime', listPrices), null)).toBe(0);
});

describe('The price list', () => {
  it('is dated', () => expect(pricesAt).toMatch(/^2026-\d\d-\d\d$/));

  it('knows a dated model, and takes one it does not know for the dearest', () => {
    expect(pricesOf('gpt-realtime-2025-08-28', listPrices)).toBe(listPrices['gpt-realtime']);
    expect(pricesOf('gpt-realtime-mini-2025-12-15', listPrices)).toBe(listPrices['gpt-realtime-mini']);
    const dearest = Math.max(...Object.values(listPrices).map(({ unseenMinute }) => unseenMinute));
    for (const name of ['somebody-elses', 'constructor', '__proto__']) {
      expect(pricesOf(name, listPrices).unseenMinute).toBe(dearest);
    }
    expect(transcriptionPrice('somebody-elses')).toBe(0.017);
  });
});

it('The owner’s report adds up by person, and outlives somebody who left', async () => {
  const book = sqliteUsage(memoryDatabase(), () => new Date('2026-11-20T12:00:00Z'));
  const ana = { person: 'aaaaaaaa', device: 'd1' };
  await book.record({ who: ana, model: 'm', calls: 1, ms: 60_000, microUsd: 500_000 });
  await book.record({ who: { ...ana, device: 'd2' }, model: 'm', calls: 1, ms: 30_000, microUsd: 250_000 });
  await book.record({ who: { person: 'bbbbbbbb', device: 'd3' }, model: 'm', grants: 1 });
  expect(await book.report('2026-11')).toEqual([
    { person: 'aaaaaaaa', grants: 0, calls: 2, ms: 90_000, microUsd: 750_000, unseenMicroUsd: 0 },
    { person: 'bbbbbbbb', grants: 1, calls: 0, ms: 0, microUsd: 0, unseenMicroUsd: 0 },
  ]);
  expect(await book.report('2026-10')).toEqual([]);
});
