/** Do the passages that a question brings up hold its answer, and what do they cost beside the whole page? */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import llama from 'llama-tokenizer-js';
import { renderBlocks, type Block } from '../../../lib/page/blocks.ts';
import { cutPassages } from '../../../lib/page/passages.ts';
import { search } from '../../../lib/page/search.ts';
import type { Measured } from '../table.ts';
import { peerPackages, questionPages, type QuestionPage } from './data.ts';

const budget = 400;

interface Tally {
  asked: number;
  answered: number;
  tokens: number;
  mostTokens: number;
  indexMs: number[];
  queryMs: number;
}

export async function measurePassages(): Promise<Measured[]> {
  const pages = await questionPages();
  const ours = tally(pages, (text, blocks) => {
    const passages = cutPassages({ text, blocks });
    search(passages, 'index', budget);
    return (question) =>
      search(passages, question, budget).map(({ passage, text: words }) => [...passage.path, words].join('\n'));
  });
  const mini = await minisearch();
  const theirs = mini ? tally(pages, mini) : null;
  const peer = (value: (of: Tally) => number) => (theirs ? { peer: Number(value(theirs).toPrecision(3)) } : {});
  let whole = 0;
  for (const page of pages) whole += tokensOf(pageOf(page).text) * page.questions.length;
  return [
    {
      id: 'finding: answer in the top 3',
      value: (100 * ours.answered) / ours.asked,
      unit: '%',
      ...peer((of) => (100 * of.answered) / of.asked),
      target: { atLeast: 97 },
    },
    { id: 'finding: tokens, mean', value: ours.tokens / ours.asked, unit: '', ...peer((of) => of.tokens / of.asked) },
    {
      id: 'finding: tokens, most',
      value: ours.mostTokens,
      unit: '',
      ...peer((of) => of.mostTokens),
      target: { atMost: budget },
    },
    { id: 'finding: tokens / whole page', value: ours.tokens / whole, unit: '×', target: { atMost: 0.12 } },
    {
      id: 'finding: index, median',
      value: ours.indexMs.toSorted((a, b) => a - b)[1] ?? NaN,
      unit: 'ms',
      ...peer((of) => of.indexMs.toSorted((a, b) => a - b)[1] ?? NaN),
    },
    { id: 'finding: query', value: ours.queryMs / ours.asked, unit: 'ms', ...peer((of) => of.queryMs / of.asked) },
  ];
}

type Finder = (text: string, blocks: ReturnType<typeof pageOf>['blocks']) => (question: string) => string[];

function tally(pages: QuestionPage[], open: Finder): Tally {
  const result: Tally = { asked: 0, answered: 0, tokens: 0, mostTokens: 0, indexMs: [], queryMs: 0 };
  for (const page of pages) {
    const { text, blocks } = pageOf(page);
    const begin = performance.now();
    const find = open(text, blocks);
    result.indexMs.push(performance.now() - begin);
    for (const { question, answers } of page.questions) {
      const asked = performance.now();
      const found = find(question).join('\n\n');
      result.queryMs += performance.now() - asked;
      const tokens = tokensOf(found);
      result.asked += 1;
      result.tokens += tokens;
      result.mostTokens = Math.max(result.mostTokens, tokens);
      if (answers.some((answer) => found.toLowerCase().includes(answer.toLowerCase()))) result.answered += 1;
      else if (process.env['PARLEY_SHOW']) console.log(question, '|', answers[0]);
    }
  }
  return result;
}

/** As the reader would return it: a heading, and a block a paragraph. */
function pageOf({ title, passages }: QuestionPage) {
  const blocks: Block[] = [{ kind: 'heading', level: 1, text: title.replaceAll('_', ' ') }];
  for (const text of passages) blocks.push({ kind: 'text', level: 0, text });
  const { text, places } = renderBlocks(blocks);
  return { text, blocks: places };
}

/**
 * By the tokenizer at hand, the local engine's. On this text it counts 1.18 tokens where o200k, which the larger models
 * use, counts one (measured with js-tiktoken 1.0).
 */
function tokensOf(text: string): number {
  return llama.encode(text, false, false).length / 1.178;
}

/** With a stop list of its own users, its usual settings otherwise, over the page's own paragraphs. */
async function minisearch(): Promise<Finder | null> {
  const peers = peerPackages();
  if (!peers) return null;
  const from = createRequire(join(peers.paths[0] ?? import.meta.dirname, 'x.js'));
  const { default: MiniSearch } = (await import(from.resolve('minisearch'))) as {
    default: new (options: object) => {
      addAll(all: object[]): void;
      search(query: string, options: object): { text: string }[];
    };
  };
  return (text) => {
    const index = new MiniSearch({ fields: ['text'], storeFields: ['text'] });
    index.addAll(text.split('\n').map((paragraph, id) => ({ id, text: paragraph })));
    return (question) =>
      index
        .search(question, { fuzzy: 0.1 })
        .slice(0, 3)
        .map(({ text: words }) => words);
  };
}
