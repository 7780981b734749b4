/** What a reader returned, held to its schema before any tool sees it. */
import type { PageInView } from '../protocol/messages.ts';
import { pageContent } from '../page/page-result.ts';
import type { PageRead } from './tool.ts';

export function judgePage(inView: PageInView): PageRead {
  if (!inView.ok) return inView;
  const parsed = pageContent.safeParse(inView.returned);
  if (!parsed.success) return { ok: false, fault: 'failed' };
  const page = parsed.data;
  if (isUnreadableKind(page.contentType)) return { ok: false, fault: 'unreadable-kind' };
  if (!page.text.trim() && !page.selection) return { ok: false, fault: 'empty-page' };
  return { ok: true, page };
}

/** PDF viewer, image and media documents: there is a document, and no page in it. */
function isUnreadableKind(contentType: string): boolean {
  return /^(?:application\/pdf|application\/octet-stream|image\/|audio\/|video\/)/i.test(contentType);
}
