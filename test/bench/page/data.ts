/** The pages with their human-marked content, and the questions with their answers. They lie beside the checkout. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import * as z from 'zod/mini';

/** Of a worktree it lies further up. */
const folder = process.env['PARLEY_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));

export const whereFrom = `No page data in ../shared/data (or PARLEY_DATA). It comes from two public sets:
  wcxb-dev: pages of the development split of WCXB (github.com/Murrough-Foley/web-content-extraction-benchmark, CC-BY-4.0),
            as html/NNNN.html.gz and ground-truth.jsonl with {id, type, url, title, main_content} a line;
  page-questions.json: three articles of the SQuAD 2.0 development set (CC BY-SA 4.0), as passages and questions.`;

export function hasData(): boolean {
  return existsSync(join(folder, 'wcxb-dev', 'ground-truth.jsonl')) && existsSync(join(folder, 'page-questions.json'));
}

const truth = z.object({ id: z.string(), type: z.string(), main_content: z.string() });

export type MarkedPage = z.infer<typeof truth> & {
  html: string;
};

export async function markedPages(): Promise<MarkedPage[]> {
  const lines = (await readFile(join(folder, 'wcxb-dev', 'ground-truth.jsonl'), 'utf8')).trim().split('\n');
  const pages = lines.map((line) => truth.parse(JSON.parse(line)));
  return Promise.all(
    pages.map(async (page) => {
      const packed = await readFile(join(folder, 'wcxb-dev', 'html', `${page.id}.html.gz`));
      const html = (await promisify(gunzip)(packed)).toString('utf8');
      return Object.assign(page, { html });
    }),
  );
}

/** Which fifth a page is in. */
export function foldOf(id: string): number {
  return (Number(id) * 7919) % 5;
}

const questionSet = z.object({
  pages: z.array(
    z.object({
      title: z.string(),
      passages: z.array(z.string()),
      questions: z.array(z.object({ question: z.string(), passage: z.number(), answers: z.array(z.string()) })),
    }),
  ),
});
export type QuestionPage = z.infer<typeof questionSet>['pages'][number];

export async function questionPages(): Promise<QuestionPage[]> {
  return questionSet.parse(JSON.parse(await readFile(join(folder, 'page-questions.json'), 'utf8'))).pages;
}

/** Folder of packages to compare with, where they are not in `node_modules`; null where there are none. */
export function peerPackages(): { paths: string[] } | null {
  const elsewhere = process.env['PARLEY_PEERS'];
  if (elsewhere) return { paths: [elsewhere] };
  const own = fileURLToPath(new URL('../../../node_modules', import.meta.url));
  return ['@mozilla/readability', 'defuddle', 'minisearch'].every((name) => existsSync(join(own, name)))
    ? { paths: [] }
    : null;
}
