/** The others, unchanged, as their packages come. Runs in the browser, beside `lab.ts`. */
import { Readability } from '@mozilla/readability';
import Defuddle from 'defuddle';
import { opened, timed, type Reading } from './lab.ts';

/** Each changes the document it is given. What it gets is not laid out; making it is not counted. */
function readCopy(rounds: number, read: (copy: Document) => string | null | undefined): Reading {
  const source = opened().documentElement.outerHTML;
  let best: Reading = { text: '', ms: Infinity };
  for (let round = 0; round < rounds; round += 1) {
    const copy = new DOMParser().parseFromString(source, 'text/html');
    const reading = timed(() => read(copy) ?? '', 1);
    if (reading.ms < best.ms) best = reading;
  }
  return best;
}

export function readReadability(rounds: number): Reading {
  return readCopy(rounds, (copy) => textOf(new Readability(copy).parse()?.content));
}

export function readDefuddle(rounds: number): Reading {
  return readCopy(rounds, (copy) => textOf(new Defuddle(copy, { url: 'http://lab.test/' }).parse().content));
}

/** Words of two blocks stay apart. */
function textOf(html: string | null | undefined): string {
  const parsed = new DOMParser().parseFromString(html ?? '', 'text/html');
  for (const block of parsed.querySelectorAll('p, div, li, td, th, h1, h2, h3, h4, h5, h6, br, pre, tr, dt, dd')) {
    block.append('\n');
    block.before('\n');
  }
  return parsed.body.textContent ?? '';
}
