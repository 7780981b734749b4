import { describe, expect, it } from 'vitest';
import { pricedModels } from '../../../lib/protocol/prices.ts';
import { dollars } from '../../../lib/ui/view/money.ts';
import { pricesDay, usdPerMinute } from '../../../lib/ui/view/prices.ts';

describe('a minute of talk', () => {
  it('costs what both sides’ sound costs, and a little for what is read again', () => {
    // Half a minute each: 300 tokens heard at $32 and 600 spoken at $64 for a million.
    const talk = (300 * 32 + 600 * 64) / 1e6;
    const usd = usdPerMinute('gpt-realtime-2.1')!;
    expect(usd).toBeGreaterThan(talk);
    expect(usd).toBeLessThan(talk * 1.5);
    expect(dollars(usd, 'en')).toBe('$0.06');
  });

  it('costs much less with a small model', () => {
    expect(usdPerMinute('gpt-realtime-2.1-mini')! * 2).toBeLessThan(usdPerMinute('gpt-realtime-2.1')!);
  });

  it('has a price for every model that is offered, and for a day’s state of one', () => {
    for (const model of pricedModels()) expect(usdPerMinute(model), model).toBeGreaterThan(0);
    expect(usdPerMinute('gpt-realtime-2025-08-28')).toBe(usdPerMinute('gpt-realtime'));
  });

  it('of an unknown model has no price, rather than a wrong one', () => {
    expect(usdPerMinute('gpt-unheard-of')).toBeNull();
    expect(usdPerMinute('')).toBeNull();
  });
});

it('the prices say of which day they are', () => {
  expect(pricesDay('en')).toMatch(/^[A-Z][a-z]+ \d{1,2}, 20\d\d$/);
  expect(pricesDay('pt-BR')).toMatch(/^\d{1,2} de [a-z]+ de 20\d\d$/);
});
