/** What a page says of itself. */
import { cleanLine, cut } from './clean.ts';
import type { Dom } from './dom.ts';
import { resultLimits as limits } from './limits.ts';
import type { PageContent } from './page-result.ts';
import { maskSecrets } from './secrets.ts';

export type PageMeta = Pick<
  PageContent,
  'title' | 'url' | 'canonical' | 'language' | 'contentType' | 'description' | 'siteName' | 'author' | 'published'
>;

export function readMeta(document: Document, dom: Dom): PageMeta {
  const line = (text: string | null | undefined, limit: number) =>
    cut(maskSecrets(cleanLine(text ?? '', limit)), limit);
  const root = dom.rootElement(document);
  const named = new Map<string, string | null>();
  for (const meta of dom.all(document, 'meta[content]', 200)) {
    const name = (dom.attribute(meta, 'property') ?? dom.attribute(meta, 'name') ?? '').toLowerCase();
    if (name && !named.has(name)) named.set(name, dom.attribute(meta, 'content'));
  }
  const first = (names: string[]) => names.map((name) => named.get(name)).find(Boolean);
  return {
    title: line(dom.title(document), limits.title),
    url: cut(window.location.href, limits.url),
    canonical: cut(canonicalOf(document, dom), limits.url),
    language: line(root && dom.attribute(root, 'lang'), limits.language),
    contentType: line(document.contentType, limits.contentType),
    description: line(first(['description', 'og:description', 'twitter:description']), limits.description),
    siteName: line(first(['og:site_name', 'application-name']), limits.siteName),
    author: line(first(['author', 'article:author', 'dc.creator'])?.replace(/^https?:.*/, ''), limits.author),
    published: line(
      first(['article:published_time', 'date', 'dc.date', 'og:published_time']) ?? timeOf(root, dom),
      limits.published,
    ),
  };
}

function timeOf(root: Element | null, dom: Dom): string | null {
  const time = root && dom.find(root, 'time[datetime]');
  return time && dom.attribute(time, 'datetime');
}

/** Only of the page's own origin: no page speaks for another. */
function canonicalOf(document: Document, dom: Dom): string {
  const root = dom.rootElement(document);
  const link = root && dom.find(root, 'link[rel="canonical"]');
  const href = link && dom.attribute(link, 'href');
  const url = href ? URL.parse(href, window.location.href) : null;
  return url?.origin === window.location.origin ? url.href : '';
}
