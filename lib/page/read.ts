/** Reads one page. Runs inside it, as an injected script; knows nothing of the extension. */
import { packPlaces, renderBlocks, type Block } from './blocks.ts';
import { lookAround } from './around.ts';
import { cleanLine, cut } from './clean.ts';
import { collect, type Collected } from './collect.ts';
import { openDom, type Dom } from './dom.ts';
import type { Draft } from './draft.ts';
import { findContent } from './find-content.ts';
import { readLimits, resultLimits } from './limits.ts';
import { readMeta } from './meta.ts';
import type { ReturnedPage } from './page-result.ts';
import { readSelection } from './selection.ts';
import { placeFinder, type Place } from './place.ts';
import { PageWriter, type Written } from './write.ts';

/** Less than this may be a teaser or an empty shell; then a wider look is worth its time. */
const enoughCharacters = 200;

/** JSON only: this value crosses from the page to the worker. */
export function readPage(document: Document): ReturnedPage {
  const dom = openDom();
  const root = dom.rootElement(document);
  // Layout first, so that a page that just changed does not spend the walk's time on it.
  if (root) dom.rect(root);
  const writer = new PageWriter(dom);
  const placeAt = placeFinder(dom);
  const { blocks, truncated, passed, shadows } = readContent(root, dom, writer, placeAt);
  const { text, places } = renderBlocks(blocks, resultLimits.text);
  const kept = cut(text, resultLimits.text);
  return {
    ...readMeta(document, dom),
    headings: headingsOf(blocks),
    text: kept,
    blocks: packPlaces(places),
    characters: kept.length,
    truncated: truncated || kept.length < text.length,
    selection: readSelection(dom, writer, placeAt, nextDeadline()),
    ...lookAround({ document, shadows, passed }, dom, writer.sights, placeAt),
  };
}

type Content = Written & Pick<Collected, 'passed' | 'shadows'>;

/** The content; where too little of it can be seen, the page without its menus; then all that can be seen. */
function readContent(
  root: Element | null,
  dom: Dom,
  writer: PageWriter,
  placeAt: (element: Element) => Place,
): Content {
  if (!root) return { blocks: [], truncated: false, passed: [], shadows: [] };
  const outside = dom.drawnParent(root);
  const around = outside && placeAt(outside);
  const { content, all } = findContent(root, around, dom, nextDeadline());
  const deadline = nextDeadline();
  let best: Written = { blocks: [], truncated: false };
  const looks: (() => Draft[])[] = [
    () => content,
    () => all.drafts,
    () => collect(root, dom, { deadline, everything: true, around }).drafts,
  ];
  for (const look of looks) {
    const written = writer.write(look(), { characters: readLimits.characters, deadline });
    // A wider look counts only when it finds much more; otherwise it found the menu.
    if (lengthOf(written.blocks) > 2 * lengthOf(best.blocks)) best = written;
    if (lengthOf(best.blocks) >= enoughCharacters) break;
  }
  const { passed, shadows, truncated } = all;
  return { blocks: best.blocks, truncated: best.truncated || truncated, passed, shadows };
}

/** Of the next part of the work: however long finding took, there is time to write down what was found. */
function nextDeadline(): number {
  return performance.now() + readLimits.ms;
}

function lengthOf(blocks: Block[]): number {
  return blocks.reduce((sum, block) => sum + block.text.length, 0);
}

function headingsOf(blocks: Block[]): string[] {
  return blocks
    .filter((block) => block.kind === 'heading')
    .slice(0, resultLimits.headings)
    .map((block) => cleanLine(block.text, resultLimits.heading));
}
