/**
 * Fits the weights of `lib/page/score.ts` to the marked pages, and prints them: `node test/bench/page/fit.ts > lib/page/weights.ts`.
 * It says on stderr what cross-validation in fifths finds, which is what to expect of pages never seen.
 *
 * What is raised is the mean over pages of the F1 that the chances of the blocks promise (smooth, so it can be climbed).
 */
import { chooseBy } from '../../../lib/page/choose.ts';
import { foldOf, hasData, markedPages, whereFrom } from './data.ts';
import { openLab } from './browser.ts';
import { wordF1, wordsOf } from './f1.ts';

interface Sample {
  id: string;
  type: string;
  wanted: string;
  wantedWords: number;
  texts: string[];
  rows: Float64Array[];
  words: number[];
  /** How much of each block is in the marked content. */
  right: number[];
}

const rounds = 400;
const shrink = 1e-2;
/**
 * On pages that were not fitted to, the chances are too sure of themselves, and a little too high: what is taken of such a
 * page is best when they are brought nearer to each other and lowered. Found on the fifths that were held out.
 */
const sureness = 0.45;
const caution = 0.6;
/** Which observation is always one. */
let constant = 0;
/** How many observations are of boxes, of hints, of words. */
let parts: number[] = [];

if (!hasData()) {
  console.error(whereFrom);
} else {
  const samples = await collectSamples();
  const scale = scaleOf(samples);
  for (const sample of samples) for (const row of sample.rows) scale.apply(row);
  const held: number[] = [];
  const types = new Map<string, number[]>();
  for (let fold = 0; fold < 5; fold += 1) {
    const weights = fit(samples.filter(({ id }) => foldOf(id) !== fold));
    for (const sample of samples.filter(({ id }) => foldOf(id) === fold)) {
      const f1 = f1Of(sample, weights);
      held.push(f1);
      types.set(sample.type, [...(types.get(sample.type) ?? []), f1]);
    }
  }
  const weights = fit(samples);
  const seen = samples.map((sample) => f1Of(sample, weights));
  console.error(`cross-validated ${mean(held).toFixed(4)}, fitted ${mean(seen).toFixed(4)}, ${weights.length} weights`);
  for (const [type, values] of types) console.error(`  ${type} ${mean(values).toFixed(3)}`);
  console.log(asSource(scale.undo(weights)));
}

async function collectSamples(): Promise<Sample[]> {
  const lab = await openLab('test/bench/page/lab.ts');
  const samples: Sample[] = [];
  for (const { id, type, html, main_content: wanted } of await markedPages()) {
    const blocks = await lab.page.evaluate(async (source) => {
      const { openFrame, observed } = (globalThis as unknown as { lab: typeof import('./lab.ts') }).lab;
      await openFrame(source, false);
      return observed();
    }, html);
    parts = blocks[0]?.rows.map(({ length }) => length) ?? parts;
    samples.push({
      id,
      type,
      wanted,
      wantedWords: Math.max(1, wordsOf(wanted).length),
      texts: blocks.map(({ text }) => text),
      rows: blocks.map(({ rows }) => Float64Array.from(rows.flat())),
      words: blocks.map(({ words }) => words),
      right: rightness(
        blocks.map(({ text }) => text),
        wanted,
      ),
    });
  }
  await lab.close();
  return samples;
}

/** Long blocks by their word triples; short ones by whole lines, or by their neighbours where words alone say little. */
function rightness(texts: string[], wanted: string): number[] {
  const wantedWords = wordsOf(wanted);
  const triples = new Set(wantedWords.map((_word, index) => wantedWords.slice(index, index + 3).join(' ')));
  const lines = new Set(wanted.split('\n').map((line) => wordsOf(line).join(' ')));
  const whole = ` ${wantedWords.join(' ')} `;
  const right = texts.map((text) => {
    const words = wordsOf(text);
    const line = words.join(' ');
    if (words.length === 0) return 0;
    if (lines.has(line)) return 1;
    if (words.length < 4) return whole.includes(` ${line} `) ? NaN : 0;
    if (whole.includes(` ${line} `)) return 1;
    const found = words.slice(2).filter((_word, index) => triples.has(words.slice(index, index + 3).join(' ')));
    return found.length / (words.length - 2);
  });
  return right.map((value, index) => {
    if (!Number.isNaN(value)) return value;
    const before = right.slice(0, index).findLast((other) => !Number.isNaN(other)) ?? 0;
    const after = right.slice(index).find((other) => !Number.isNaN(other)) ?? 0;
    return before > 0.5 && after > 0.5 ? 1 : before < 0.5 && after < 0.5 ? 0 : 0.5;
  });
}

/** Adam on the promised F1, with cross-entropy first to find the way. */
function fit(samples: Sample[]): Float64Array {
  const size = samples.find(({ rows }) => rows.length > 0)!.rows[0]!.length;
  const weights = new Float64Array(size);
  const [first, second] = [new Float64Array(size), new Float64Array(size)];
  for (let round = 1; round <= rounds; round += 1) {
    const slope = weights.map((weight, index) => (index === constant ? 0 : (shrink * weight) / 50));
    const entropy = round < 0.3 * rounds ? 1 : 0.3;
    for (const sample of samples) climb(sample, weights, slope, entropy, samples.length);
    const step = round < 0.7 * rounds ? 0.03 : 0.01;
    for (let index = 0; index < size; index += 1) {
      first[index] = 0.9 * first[index]! + 0.1 * slope[index]!;
      second[index] = 0.999 * second[index]! + 0.001 * slope[index]! ** 2;
      const ahead = first[index]! / (1 - 0.9 ** round);
      weights[index]! -= (step * ahead) / (Math.sqrt(second[index]! / (1 - 0.999 ** round)) + 1e-8);
    }
  }
  return weights.map((weight, index) => sureness * weight - (index === constant ? caution : 0));
}

function climb(sample: Sample, weights: Float64Array, slope: Float64Array, entropy: number, pages: number): void {
  const { rows, words, right, wantedWords } = sample;
  const chances = rows.map((row) => chance(row, weights));
  let found = 0;
  let taken = wantedWords;
  let all = 0;
  for (const [index, likely] of chances.entries()) {
    found += likely * words[index]! * right[index]!;
    taken += likely * words[index]!;
    all += words[index]!;
  }
  for (const [index, likely] of chances.entries()) {
    const weight = words[index]!;
    const byF1 = (-2 * weight * (right[index]! * taken - found)) / taken ** 2;
    const byEntropy = (weight / all) * (likely - right[index]!);
    const pull = ((1 - entropy) * byF1 * likely * (1 - likely) + entropy * byEntropy) / pages;
    const row = rows[index]!;
    for (let at = 0; at < row.length; at += 1) slope[at]! += pull * row[at]!;
  }
}

function chance(row: Float64Array, weights: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < row.length; index += 1) sum += row[index]! * weights[index]!;
  return 1 / (1 + Math.exp(-sum));
}

function f1Of({ rows, words, texts, wanted }: Sample, weights: Float64Array): number {
  const chances = rows.map((row) => chance(row, weights));
  const threshold = chooseBy(words, chances);
  return wordF1(texts.filter((_text, index) => chances[index]! >= threshold).join('\n'), wanted);
}

/** Brings all observations to one size, so that one step suits them; `undo` puts that into the weights. */
function scaleOf(samples: Sample[]) {
  const rows = samples.flatMap((sample) => sample.rows);
  const size = rows[0]!.length;
  const middle = new Float64Array(size);
  const spread = new Float64Array(size);
  for (const row of rows) for (let at = 0; at < size; at += 1) middle[at]! += row[at]! / rows.length;
  for (const row of rows)
    for (let at = 0; at < size; at += 1) spread[at]! += (row[at]! - middle[at]!) ** 2 / rows.length;
  for (let at = 0; at < size; at += 1) spread[at] = Math.sqrt(spread[at]!) + 1e-6;
  for (let at = 0; at < size; at += 1) if (spread[at]! < 1e-5 && middle[at]! > 0.999) constant = at;
  middle[constant] = 0;
  spread[constant] = 1;
  return {
    apply(row: Float64Array): void {
      for (let at = 0; at < size; at += 1) row[at] = (row[at]! - middle[at]!) / spread[at]!;
    },
    undo(weights: Float64Array): Float64Array {
      const plain = weights.map((weight, at) => weight / spread[at]!);
      for (let at = 0; at < size; at += 1) if (at !== constant) plain[constant]! -= plain[at]! * middle[at]!;
      return plain;
    },
  };
}

function asSource(weights: Float64Array): string {
  let from = 0;
  const lists = parts.map((length) => {
    const numbers = Array.from(weights.slice(from, (from += length)), (weight) => Math.round(100 * weight));
    return `  [${numbers.join(', ')}],\n`;
  });
  return `/** Written by \`node test/bench/page/fit.ts\`, in the order of \`observe\` in \`score.ts\`; in hundredths. */
export const weights: [box: number[], hints: number[], words: number[]] = [\n${lists.join('')}];`;
}

function mean(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
