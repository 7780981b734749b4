/** Reads one page. Runs inside it, as an injected script; knows nothing of the extension. */
import { renderBlocks, type Block } from './blocks.ts';
import { cleanLine, cut } from './clean.ts';
import { contentRoots, enoughCharacters } from './content.ts';
import { openDom, type Dom } from './dom.ts';
import { readLimits, resultLimits } from './limits.ts';
import type { PageContent } from './page-result.ts';
import { readSelection } from './selection.ts';
import { walk, type Walked } from './walk.ts';

/** JSON only: this value crosses from the page to the worker. */
export function readPage(document: Document): PageContent {
  const dom = openDom();
  // Layout first, so that a page that just changed does not spend the walk's time on it.
  const root = dom.rootElement(document);
  if (root) Element.prototype.getBoundingClientRect.call(root);
  const deadline = performance.now() + readLimits.ms;
  const { blocks, truncated } = readContent(document, dom, deadline);
  const text = renderBlocks(blocks);
  const kept = cut(text, resultLimits.text);
  return {
    title: cleanLine(dom.title(document), resultLimits.title),
    url: cut(window.location.href, resultLimits.url),
    language: cleanLine(languageOf(document, dom), resultLimits.language),
    contentType: cleanLine(document.contentType, resultLimits.contentType),
    headings: headingsOf(blocks),
    text: kept,
    characters: kept.length,
    truncated: truncated || kept.length < text.length,
    selection: readSelection(dom),
    description: cleanLine(descriptionOf(document, dom), resultLimits.description),
  };
}

/** The content; where it is too little, the body without its surroundings; then all that can be seen. */
function readContent(document: Document, dom: Dom, deadline: number): Walked {
  let best: Walked = { blocks: [], truncated: false };
  const roots = contentRoots(document, dom);
  const attempts = [
    ...roots.map((root) => ({ root, strip: 'content' as const })),
    ...roots.slice(-1).map((root) => ({ root, strip: 'everything' as const })),
  ];
  for (const { root, strip } of attempts) {
    const walked = walk(root, dom, { strip, characters: readLimits.characters, deadline });
    // A wider look counts only when it finds much more; otherwise it found the menu.
    if (lengthOf(walked.blocks) > 2 * lengthOf(best.blocks)) best = walked;
    if (lengthOf(best.blocks) >= enoughCharacters) break;
  }
  return best;
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

function languageOf(document: Document, dom: Dom): string {
  const root = dom.rootElement(document);
  return (root && dom.attribute(root, 'lang')) ?? '';
}

function descriptionOf(document: Document, dom: Dom): string {
  const meta = dom.all(document, 'meta[name="description" i]')[0];
  return (meta && dom.attribute(meta, 'content')) ?? '';
}
