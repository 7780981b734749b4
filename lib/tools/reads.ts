/** What has been read in a call, so that more of it can be handed on and its words be pointed at. */
import type { PageContent } from '../page/page-result.ts';
import { cutPassages, type Passage } from '../page/passages.ts';
import type { Place } from '../protocol/snapshot.ts';

/** The page in view, and a few that it is compared with. */
const mostKept = 4;

export class Read {
  readonly place: Place;
  readonly page: PageContent;
  /** Index of the first passage that the model has not had: there `read_more` goes on. */
  next = 0;
  #passages: readonly Passage[] | null = null;

  constructor(place: Place, page: PageContent) {
    this.place = place;
    this.page = page;
  }

  /** Cut when they are first needed. */
  get passages(): readonly Passage[] {
    return (this.#passages ??= cutPassages(this.page));
  }
}

export class KeptReads {
  /** The latest first, one of each place. */
  #reads: Read[] = [];

  keep(read: Read): void {
    const others = this.#reads.filter(({ place }) => !isSame(place, read.place));
    this.#reads = [read, ...others].slice(0, mostKept);
  }

  get latest(): Read | undefined {
    return this.#reads[0];
  }

  withPassage(id: string): Read | undefined {
    return this.#reads.find(({ passages }) => passages.some((passage) => passage.id === id));
  }

  /** Punctuation and case apart: a model writes them in its own way. */
  withWords(quote: string): Read | undefined {
    const words = plain(quote);
    return words ? this.#reads.find(({ page }) => plain(page.text).includes(words)) : undefined;
  }
}

function isSame(one: Place, other: Place): boolean {
  return one.tabId === other.tabId && one.documentId === other.documentId && one.origin === other.origin;
}

function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
