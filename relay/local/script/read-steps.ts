import * as z from 'zod';
import type { Pattern } from './pattern.ts';
import { addStep, type Step, type Turn } from './step.ts';

const LONGEST = 100_000;
const text = z.string().max(LONGEST);
const REGULAR_EXPRESSION = /^\/(.+)\/([a-z]*)$/s;

const pattern = z.union([text.min(1), z.record(z.string(), z.unknown())]).transform((given, context): Pattern => {
  const written = typeof given === 'string' ? REGULAR_EXPRESSION.exec(given) : null;
  if (!written) return given;
  try {
    return new RegExp(written[1]!, written[2]);
  } catch (error) {
    context.addIssue({ code: 'custom', message: error instanceof Error ? error.message : 'no regular expression' });
    return z.NEVER;
  }
});
const phase = z.enum(['commentary', 'final_answer']);

/** A step as JSON has one of these words. What each becomes is one step or two. */
const words = {
  hear: z.strictObject({ hear: z.nullable(pattern) }).transform(({ hear }): Step[] => [{ hear }]),
  expectOutput: z
    .strictObject({ expectOutput: z.union([z.array(pattern).max(1000), pattern.transform((one) => [one])]) })
    .transform(({ expectOutput }): Step[] => [{ outputs: expectOutput }]),
  wait: z
    .strictObject({
      wait: z
        .number()
        .min(0)
        .max(2 ** 31 - 1),
    })
    .transform((step): Step[] => [step]),
  say: z
    .strictObject({ say: text, preamble: text.optional(), phase: phase.optional() })
    .transform(({ say, preamble, phase: chosen }): Step[] =>
      preamble === undefined
        ? [{ part: { say, ...(chosen ? { phase: chosen } : {}) } }]
        : [{ part: { say: preamble, phase: 'commentary' } }, { part: { say, phase: chosen ?? 'final_answer' } }],
    ),
  call: z
    .strictObject({
      call: z.string().min(1).max(64),
      arguments: z.union([text, z.record(z.string(), z.unknown())]).default({}),
    })
    .transform(({ call: name, arguments: given }): Step[] => [
      { part: { call: { name, arguments: typeof given === 'string' ? given : JSON.stringify(given) } } },
    ]),
  fail: z
    .strictObject({
      fail: z.strictObject({ code: z.string().nullable(), message: text.optional(), type: z.string().optional() }),
    })
    .transform(({ fail: { code, message, type } }): Step[] => [
      { end: { code, ...(message === undefined ? {} : { message }), ...(type === undefined ? {} : { type }) } },
    ]),
  silent: z.strictObject({ silent: z.literal(true) }).transform((): Step[] => [{ end: 'silent' }]),
};
type Word = keyof typeof words;

/** The steps of a script given as JSON: an array with one object a step. Throws an Error with every mistake, a line each. */
export function readSteps(json: unknown): Step[] {
  if (!Array.isArray(json))
    throw new Error('A script is a list of steps, such as [{"hear": "hello"}, {"say": "Hi."}].');
  const mistakes: string[] = [];
  const turns: Turn[] = [];
  const steps = json.flatMap((given: unknown, index): Step[] => {
    try {
      const read = readStep(given);
      for (const step of read) addStep(turns, step, index + 1);
      return read;
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown';
      mistakes.push(why.startsWith('Step ') ? why : `Step ${index + 1}: ${why}`);
      return [];
    }
  });
  if (mistakes.length > 0) throw new Error(mistakes.join('\n'));
  return steps;
}

function readStep(given: unknown): Step[] {
  const known = Object.keys(words) as Word[];
  const word = known.find((each) => given !== null && typeof given === 'object' && Object.hasOwn(given, each));
  if (!word) throw new Error(`a step is an object with one of ${known.join(', ')}.`);
  const read = words[word].safeParse(given);
  if (read.success) return read.data;
  throw new Error(read.error.issues.map(({ path, message }) => `${path.join('.') || word}: ${message}`).join('; '));
}
