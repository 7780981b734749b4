/**
 * What a reader returned, held to its schema before any tool sees it, and cleaned and masked once more: the reader ran
 * in a process that the page may have taken over.
 */
import type { BlockPlace } from '../page/blocks.ts';
import { cleanLine, cleanText } from '../page/clean.ts';
import { pageContent, type PageContent } from '../page/page-result.ts';
import { maskSecrets } from '../page/secrets.ts';
import type { PageInView } from '../protocol/messages.ts';
import { Read } from './reads.ts';
import type { Refused } from './tool.ts';

export function judgePage(inView: PageInView): { ok: true; read: Read } | Refused {
  if (!inView.ok) return inView;
  const parsed = pageContent.safeParse(inView.returned);
  if (!parsed.success) return { ok: false, fault: 'failed' };
  const page = cleanPage(parsed.data);
  if (isUnreadableKind(page.contentType)) return { ok: false, fault: 'unreadable-kind' };
  if (!page.text.trim() && !page.selection.trim()) {
    const frames = unreadFrames(page);
    return { ok: false, fault: 'empty-page', ...(frames ? { problem: frames } : {}) };
  }
  return { ok: true, read: new Read(inView.place, page) };
}

/** As a tool result says it; empty when all were read. */
export function unreadFrames({ framesUnread }: PageContent): string {
  return framesUnread ? `${framesUnread} embedded ${framesUnread === 1 ? 'frame' : 'frames'} not read` : '';
}

/** PDF viewer, image and media documents: there is a document, and no page in it. */
function isUnreadableKind(contentType: string): boolean {
  return /^(?:application\/pdf|application\/octet-stream|image\/|audio\/|video\/)/i.test(contentType);
}

function cleanPage(page: PageContent): PageContent {
  const text = maskSecrets(cleanText(page.text));
  return {
    ...page,
    title: safeLine(page.title, 200),
    headings: page.headings.map((heading) => safeLine(heading, 200)),
    text,
    blocks: text === page.text && areInOrder(page.blocks, text) ? page.blocks : linesOf(text),
    selection: maskSecrets(cleanText(page.selection)),
  };
}

/** One line of page words that stands outside its text. */
export function safeLine(words: string, limit: number): string {
  return maskSecrets(cleanLine(words, limit));
}

/** Overlapping blocks could be made to weigh thousands of times what the text does. */
function areInOrder(blocks: readonly BlockPlace[], text: string): boolean {
  return blocks.every(([, , from, to], at) => from >= (blocks[at - 1]?.[3] ?? 0) && to >= from && to <= text.length);
}

/** Blocks found again where their places no longer hold: each is a line, headings and items by their marks. */
function linesOf(text: string): BlockPlace[] {
  const blocks: BlockPlace[] = [];
  let from = 0;
  for (const line of text.split('\n')) {
    const [, hashes, item] = /^(?:(#{1,6}) | *(- ))?/.exec(line) ?? [];
    const mark = hashes ? hashes.length + 1 : item ? line.indexOf(item) + 2 : 0;
    if (line.length > mark) {
      const kind = hashes ? 'heading' : item ? 'item' : 'text';
      blocks.push([kind, hashes?.length ?? 0, from + mark, from + line.length]);
    }
    from += line.length + 1;
  }
  return blocks;
}
