import { describe, expect, it } from 'vitest';
import { reachedLimit, type ReachedLimit } from '../../../lib/protocol/reached.ts';
import { words as en } from '../../../lib/ui/words/call.en.ts';
import { words as es } from '../../../lib/ui/words/call.es.ts';
import { words as pt } from '../../../lib/ui/words/call.pt-BR.ts';
import { sentenceOf } from '../../../lib/ui/words/fault.ts';

const { of: scopes, what: measures } = reachedLimit.shape;
const spans = ['minute', 'hour', 'day', 'month'] as const;
const languages = [en, pt, es].map((words) => [words.language, words] as const);

const now = new Date(2026, 10, 20, 18, 30).getTime();
const at = (...time: [number, number, number, number]) => new Date(...time).getTime() / 1000;
const today: ReachedLimit = { of: 'person', what: 'usd', per: 'day', most: 5, resetsAt: at(2026, 10, 20, 21) };

/** With ordinary spaces: those of sums and times do not break. */
const said = (limit: Partial<ReachedLimit>, words = en) =>
  sentenceOf({ code: 'relay-cap', limit: { ...today, ...limit } }, words, now).replace(/\s/g, ' ');

describe('a limit that is reached', () => {
  it.each<[Partial<ReachedLimit>, string]>([
    [{}, 'You have used up your $5 for today. You can talk again from 9:00 PM; '],
    [{ most: 0.0001 }, 'You have used up your $0.0001 for today. '],
    [{ most: 1234.5 }, 'You have used up your $1,234.50 for today. '],
    [
      { of: 'all', per: 'month', most: 200, resetsAt: at(2026, 11, 1, 1) },
      'Everybody at this relay together has used up the $200 for this month. You can talk again from December 1 at 1:00 AM; ',
    ],
    [
      { per: 'call', what: 'minutes', most: 30, resetsAt: null },
      'This call has reached its limit of 30 minutes. Start another to go on; ',
    ],
    [{ what: 'minutes', per: 'hour', most: 1 }, 'You have used up your 1 minute for this hour. '],
    [{ of: 'device', what: 'requests', most: 200 }, 'This browser has used up its 200 calls for today. '],
    [
      { of: 'address', what: 'calls', per: null, most: 1, resetsAt: null },
      'Your network has 1 call at once already, and may have no more. Try again when one of them has ended.',
    ],
    [{ resetsAt: null }, 'You have used up your $5 for today. Whoever runs the relay can raise the limit.'],
  ])('of %j is named', (limit, text) => {
    expect(said(limit).startsWith(text), said(limit)).toBe(true);
  });

  it('speaks Portuguese', () => {
    expect(said({}, pt)).toBe(
      'Você usou todo o seu limite de US$ 5 para hoje. Você pode falar de novo a partir das 21:00; quem administra o relay pode aumentar o limite.',
    );
    expect(said({ resetsAt: at(2026, 10, 21, 1) }, pt)).toContain('a partir da 1:00;');
    expect(said({ resetsAt: at(2026, 11, 1, 1) }, pt)).toContain('a partir de 1 de dezembro às 1:00;');
  });

  it('speaks Spanish', () => {
    expect(said({ what: 'minutes', most: 30 }, es)).toBe(
      'Usaste todo tu límite de 30 minutos para hoy. Puedes volver a hablar desde las 21:00; quien administra el relay puede subir el límite.',
    );
    expect(said({ resetsAt: at(2026, 10, 21, 1) }, es)).toContain('desde la 1:00;');
    expect(said({ resetsAt: at(2026, 11, 1, 1) }, es)).toContain('desde el 1 de diciembre a las 1:00;');
  });

  it.each(languages)('has a sentence of its own in %s, whosever it is, of whatever and for how long', (_, words) => {
    const sentences = new Set<string>();
    let limits = 0;
    for (const of of scopes.options) {
      for (const what of measures.options) {
        if (what === 'calls') continue;
        for (const per of spans) {
          limits += 1;
          sentences.add(said({ of, what, per, most: 7 }, words));
        }
      }
      limits += 1;
      sentences.add(said({ of, what: 'calls', per: null, most: 7, resetsAt: null }, words));
    }
    for (const what of ['minutes', 'usd'] as const) {
      limits += 1;
      sentences.add(said({ what, per: 'call', most: 7, resetsAt: null }, words));
    }
    expect(sentences.size).toBe(limits);
    for (const sentence of sentences) expect(sentence).toMatch(/^\p{Lu}[^!]*7[^!]*\. \p{Lu}[^!]*\.$/u);
  });

  it('that nobody names is a share of the relay, and when to come back', () => {
    const fault = { code: 'relay-cap', retryAfterS: 29.2 } as const;
    expect(sentenceOf(fault, en)).toBe(`${en.faults['relay-cap']} ${en.waitSeconds(30)}`);
  });
});
