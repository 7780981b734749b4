/** Values as nobody would send them on purpose, and good ones that were damaged on their way. */
import * as fc from 'fast-check';

/** Names and texts that have broken parsers before. */
export const oddText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\ud800',
    '\udc00\ud800',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    'null',
    'NaN',
    '-0',
    '1e999',
    '\u202e',
    '\ufeff',
    '{"a":1}',
    '[',
    '<img src=x onerror=alert(1)>',
    'javascript:alert(1)',
    '😀',
  ),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer({ min: 1, max: 20_000 }).map((length) => 'x'.repeat(length)),
);

const oddNumber = fc.oneof(
  fc.constantFrom(0, -0, -1, 1, 0.5, 2 ** 31, -(2 ** 31), 2 ** 53, 1e308, -1e308, 1e-320),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
);

/** Any JSON, keys that mean something to JavaScript among it. */
export const oddJson: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(null, true, false),
    oddNumber,
    oddText,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.array(fc.tuple(oddText, tie('value')), { maxLength: 4 }).map(record),
  ),
})).value;

/** Whatever a context may hand over, beyond JSON. */
export const oddThing: fc.Arbitrary<unknown> = fc.oneof(
  oddJson,
  fc.constantFrom(undefined, Number.NaN, Infinity, -Infinity, 10n, Symbol.iterator, new Map(), new Date(NaN)),
);

/** Also `__proto__` is a key of its own, as `JSON.parse` makes it. */
function record(entries: [string, unknown][]): object {
  const made = {};
  for (const [key, value] of entries) {
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return made;
}

type Damage = { at: number } & (
  | { how: 'replace' | 'insert' | 'nest'; value: unknown; name: string }
  | { how: 'drop' | 'twice' }
);

const damage: fc.Arbitrary<Damage> = fc.oneof(
  fc.record({ at: fc.nat(), how: fc.constant('replace' as const), value: oddJson, name: oddText }),
  fc.record({ at: fc.nat(), how: fc.constantFrom('insert' as const, 'nest' as const), value: oddJson, name: oddText }),
  fc.record({ at: fc.nat(), how: fc.constantFrom('drop' as const, 'twice' as const) }),
);

/** One of the good values, with up to three fields anywhere in it changed, dropped, added, nested or doubled. */
export function damaged(good: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .tuple(fc.constantFrom(...good), fc.array(damage, { maxLength: 3 }))
    .map(([value, damages]) => damages.reduce(hurt, structuredClone(value)));
}

/** The text of a damaged value, itself cut or with a character changed now and then. */
export function damagedText(good: readonly unknown[]): fc.Arbitrary<string> {
  const whole = damaged(good).map((value) => JSON.stringify(value) ?? '');
  const torn = fc.tuple(whole, fc.nat(), fc.nat(), fc.string({ maxLength: 3 })).map(([text, from, length, more]) => {
    const at = from % (text.length + 1);
    return text.slice(0, at) + more + text.slice(at + (length % 5));
  });
  return fc.oneof({ weight: 4, arbitrary: whole }, { weight: 1, arbitrary: torn });
}

function hurt(value: unknown, { at, ...done }: Damage): unknown {
  const places = placesIn(value);
  const place = places[at % (places.length + 1)];
  if (!place) return done.how === 'replace' ? done.value : done.how === 'nest' ? { [done.name]: value } : value;
  const { holder, key } = place;
  const set = (name: string | number, next: unknown) =>
    Object.defineProperty(holder, name, { value: next, enumerable: true, configurable: true, writable: true });
  if (done.how === 'replace') set(key, done.value);
  else if (done.how === 'insert') set(Array.isArray(holder) ? holder.length : done.name, done.value);
  else if (done.how === 'nest') set(key, [(holder as never)[key]]);
  else if (done.how === 'drop') {
    if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else delete (holder as Record<string, unknown>)[key];
  } else if (Array.isArray(holder)) holder.push(holder[Number(key)]);
  return value;
}

function placesIn(value: unknown): { holder: object; key: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = Object.keys(value).map((key) => ({ holder: value, key }));
  return own.concat(Object.values(value).flatMap(placesIn));
}
