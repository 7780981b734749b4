import { describe, expect, it } from 'vitest';
import { idleSnapshot, type Money, type Phase, type Snapshot } from '../../../lib/protocol/snapshot.ts';
import { idleChoices, idleOf } from '../../../lib/ui/view/idle.ts';
import { costOfCall, dollars, readLimit } from '../../../lib/ui/view/money.ts';
import { notesOf } from '../../../lib/ui/view/notes.ts';
import { words } from '../../../lib/ui/words/keeping.en.ts';

const money = (change: Partial<Money> = {}): Money => ({
  call: 0.042,
  today: 1,
  month: 2,
  partial: false,
  level: 'below',
  ...change,
});

/** The browser separates with spaces that do not break. */
const plain = (text: string | null) => text?.replace(/\s/g, ' ');

describe('a sum of money', () => {
  it.each([
    [0.042, 'en', '$0.04'],
    [1234.5, 'en', '$1,234.50'],
    [0.042, 'pt-BR', 'US$ 0,04'],
    [0.042, 'es', '0,04 US$'],
    [0, 'en', '$0.00'],
    [0.004, 'en', '< $0.01'],
  ])('of %s reads in %s as %s', (usd, language, text) => {
    expect(plain(dollars(usd, language))).toBe(text);
  });

  it('of a call is an estimate, or at least so much where a part has no known price', () => {
    expect(costOfCall(money(), 'en')).toBe('≈ $0.04');
    expect(costOfCall(money({ partial: true }), 'en')).toBe('≥ $0.04');
    expect(costOfCall(money({ call: 0.001 }), 'en')).toBe('< $0.01');
  });

  it('is not shown where no price is known: nothing would be a lie', () => {
    expect(costOfCall(money({ call: 0, partial: true }), 'en')).toBeNull();
  });
});

describe('a limit of money that was typed', () => {
  it.each([
    ['5', 5],
    ['2.50', 2.5],
    ['2,50', 2.5],
    ['$ 10', 10],
    ['US$ 10', 10],
    ['0', 0],
    [' ', null],
    ['', null],
  ])('as "%s" is %s', (text, limit) => {
    expect(readLimit(text)).toBe(limit);
  });

  it.each(['five', '-1', '1.234', '1,000.00', '1e3', '5 euros', '999999'])('as "%s" is none', (text) => {
    expect(readLimit(text)).toBeUndefined();
  });
});

describe('the limit of silence', () => {
  it('is offered in minutes, the shortest first and never last', () => {
    const choices = idleChoices(180_000, words);
    expect(Object.values(choices)[0]).toBe('1 minute');
    expect(choices['180000']).toBe('3 minutes');
    expect(Object.keys(choices).at(-1)).toBe('null');
  });

  it('stays what it is where it is another', () => {
    const choices = idleChoices(45_000, words);
    expect(choices['45000']).toBe('45 seconds');
    expect(idleOf('45000')).toBe(45_000);
    expect(idleOf('null')).toBeNull();
  });
});

describe('a running call that is about to end by itself', () => {
  const call = (phase: Phase, change: Partial<Snapshot>): Snapshot => ({ ...idleSnapshot, phase, ...change });

  it('says how near the limit of money is, once it is near', () => {
    expect(notesOf(call('live', { money: money() })).limit).toBeNull();
    expect(notesOf(call('live', { money: money({ level: 'near' }) })).limit).toBe('near');
    expect(notesOf(call('unstable', { money: money({ level: 'reached' }) })).limit).toBe('reached');
    expect(notesOf(call('live', { money: null })).limit).toBeNull();
  });

  it('says when the relay ends it, and that the relay’s money is near its end where their own is not', () => {
    const relayEnd = { at: 7, nearUsd: 0.04 };
    expect(notesOf(call('live', { relayEnd, money: null }))).toMatchObject({ relayEndsAt: 7, limit: null });
    expect(notesOf(call('live', { relayEnd, money: money({ call: 0.039 }) })).limit).toBeNull();
    expect(notesOf(call('live', { relayEnd, money: money({ call: 0.04 }) })).limit).toBe('relay');
    expect(notesOf(call('live', { relayEnd, money: money({ level: 'near' }) })).limit).toBe('near');
    expect(notesOf(call('failed', { relayEnd, money: money() }))).toMatchObject({ relayEndsAt: null, limit: null });
  });

  it('says when silence ends it', () => {
    expect(notesOf(call('live', { endsIdleAt: 7 })).endsIdleAt).toBe(7);
  });

  it('says neither when it is over: the reason for that stands elsewhere', () => {
    const over = notesOf(call('ended', { money: money({ level: 'reached' }), endsIdleAt: 7 }));
    expect(over).toMatchObject({ limit: null, endsIdleAt: null });
  });
});
