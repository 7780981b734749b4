/** What may be used at most, as the owner writes it: `calls=4 minutes/call=30 requests/day=200 usd/day=5 usd/month=50`. */

export const scopes = ['device', 'person', 'address', 'all'] as const;
export type Scope = (typeof scopes)[number];
/** `call`: over one call. Days and months are those of UTC. */
export type Span = 'call' | 'minute' | 'hour' | 'day' | 'month';
/** `calls`: at once. `minutes`: how long calls are open. `usd`: what they cost at the provider's list prices. */
export type Measure = 'requests' | 'calls' | 'minutes' | 'usd';

export interface Rule {
  measure: Measure;
  /** Null: at once. */
  per: Span | null;
  most: number;
}

/** For each scope what its owner allows. */
export type Rules = Readonly<Record<Scope, readonly Rule[]>>;

const spans: Readonly<Record<Measure, readonly (Span | null)[]>> = {
  requests: ['minute', 'hour', 'day', 'month'],
  calls: [null],
  minutes: ['call', 'hour', 'day', 'month'],
  usd: ['call', 'minute', 'hour', 'day', 'month'],
};

export const noRules: Rules = { device: [], person: [], address: [], all: [] };

/** Null for what is not such a list; each rule may stand in it once. */
export function readRules(text: string): Rule[] | null {
  const rules: Rule[] = [];
  for (const word of text.split(/[\s,]+/).filter((each) => each !== '')) {
    const [, name = '', span, number = ''] = /^([a-z]+)(?:\/([a-z]+))?=(\d{1,9}(?:\.\d{1,6})?)$/.exec(word) ?? [];
    const measure = Object.keys(spans).find((each): each is Measure => each === name);
    const per = (span ?? null) as Span | null;
    if (measure === undefined || !spans[measure].includes(per)) return null;
    const counted = measure === 'requests' || measure === 'calls';
    if (counted && !/^[1-9]\d*$/.test(number)) return null;
    if (rules.some((rule) => rule.measure === measure && rule.per === per)) return null;
    rules.push({ measure, per, most: Number(number) });
  }
  return rules;
}

/** Whether anything of what calls use is limited, and not only how often they start. */
export function limitsUse(rules: Rules): boolean {
  return scopes.some((scope) => rules[scope].some(({ measure }) => measure === 'minutes' || measure === 'usd'));
}
