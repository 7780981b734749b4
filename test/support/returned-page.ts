import type { ReturnedPage } from '../../lib/page/page-result.ts';

/** What a reader returns of a page without a word. */
export const blankPage: ReturnedPage = {
  title: '',
  url: '',
  canonical: '',
  language: '',
  contentType: 'text/html',
  headings: [],
  text: '',
  blocks: '',
  characters: 0,
  truncated: false,
  selection: '',
  description: '',
  siteName: '',
  author: '',
  published: '',
  passwordInView: false,
  framesUnread: 0,
};
