/** A person's browser as the tools see it: pages in tabs, and what was asked of it. */
import { expect } from 'vitest';
import { packPlaces, renderBlocks, type Block } from '../../../lib/page/blocks.ts';
import type { PageContent, ReturnedPage } from '../../../lib/page/page-result.ts';
import type { LookInView, PageInView, Pointed, TabsInView } from '../../../lib/protocol/messages.ts';
import { toolFaults, type Place } from '../../../lib/protocol/snapshot.ts';
import { openToolRoom } from '../../../lib/tools/room.ts';

export const shop: Place = { tabId: 1, documentId: 'D1', origin: 'https://example.org' };

export const tea: PageContent = {
  ...written([
    ['heading', 1, 'Tea'],
    ['text', 0, 'Tea is a drink that people in most countries of the world make from leaves and hot water.'],
    ['heading', 2, 'Green tea'],
    ['text', 0, 'It is not oxidised. Water for it should have seventy degrees.'],
  ]),
  title: 'All about tea',
  url: 'https://example.org/tea',
  canonical: '',
  language: 'en',
  contentType: 'text/html',
  truncated: false,
  selection: 'a drink',
  description: 'hidden description',
  siteName: '',
  author: '',
  published: '',
  passwordInView: false,
  framesUnread: 0,
};

export type Written = [Block['kind'], number, string];

/** Text, places and headings as a reader writes them. */
export function written(blocks: Written[]): Pick<PageContent, 'text' | 'blocks' | 'headings' | 'characters'> {
  const { text, places } = renderBlocks(blocks.map(([kind, level, words]) => ({ kind, level, text: words })));
  const headings = blocks.filter(([kind]) => kind === 'heading').map(([, , words]) => words);
  return { text, blocks: places, headings: headings.slice(0, 40), characters: text.length };
}

/** Sections of about 500 characters, each about a thing of its own. */
export function longPage(sections: number): Partial<PageContent> {
  const numbers = Array.from({ length: sections }, (_, index) => index + 1);
  return written(
    numbers.flatMap((number): Written[] => [
      ['heading', 2, `Section ${number}`],
      [
        'text',
        0,
        `Here begins part${number}. ${'Words that fill a line of the page. '.repeat(13)}It ends end${number}.`,
      ],
    ]),
  );
}

/** Tea, but for what is said here, as it comes from the page. */
export function crossing(page: Partial<PageContent> = {}): ReturnedPage {
  const { blocks, ...rest } = { ...tea, ...page };
  return { ...rest, blocks: packPlaces(blocks) };
}

export interface Scene {
  /** Of the tab in view; later reads see what was changed. */
  page: Partial<PageContent>;
  place: Place;
  /** Instead of the page: what the coordinator says. */
  answer: PageInView | Promise<PageInView> | null;
  others: Record<number, { place: Place; page: Partial<PageContent> }>;
  tabs: TabsInView;
  look: LookInView;
  pointed: Pointed;
}

export const picture: LookInView = {
  ok: true,
  place: shop,
  title: 'All about tea',
  url: 'https://example.org/tea',
  image: 'data:image/jpeg;base64,AAAA',
  width: 1024,
  height: 640,
};

/** `asked` tells what reached the browser. */
export function openScene(changes: Partial<Scene> = {}, deadlineMs?: number) {
  const scene: Scene = {
    page: {},
    place: shop,
    answer: null,
    others: {},
    tabs: { ok: true, tabs: [], others: 0 },
    look: picture,
    pointed: { ok: true, text: 'It is not oxidised.', exact: true },
    ...changes,
  };
  const asked: string[] = [];
  const powers = {
    async read(tab?: number): Promise<PageInView> {
      asked.push(tab === undefined ? 'read' : `read ${tab}`);
      if (scene.answer) return scene.answer;
      if (tab === undefined) return { ok: true, place: scene.place, returned: crossing(scene.page) };
      const other = scene.others[tab];
      if (!other) return { ok: false, fault: 'tab-not-granted' };
      return { ok: true, place: other.place, returned: crossing(other.page) };
    },
    async point(place: Place, quote: string): Promise<Pointed> {
      asked.push(`point ${place.documentId} ${quote}`);
      return scene.pointed;
    },
    async look(): Promise<LookInView> {
      asked.push('look');
      return scene.look;
    },
    async tabs(): Promise<TabsInView> {
      asked.push('tabs');
      return scene.tabs;
    },
  };
  const room = openToolRoom(powers, deadlineMs === undefined ? {} : { deadlineMs });

  /** The outcome, and what the model reads in it. */
  async function use(name: string, args: unknown = {}, signal = new AbortController().signal) {
    const outcome = await room.run(name, typeof args === 'string' ? args : JSON.stringify(args), signal);
    if (outcome.fault !== undefined) expect(toolFaults).toContain(outcome.fault);
    return { ...outcome, said: JSON.parse(outcome.output) };
  }
  return { scene, asked, room, use };
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The words between the marks, once it is sure that they are marked. */
export function unmarked(text: string): string {
  const [, nonce = '', words = ''] = /^⟦([0-9a-z]{7})⟧([\s\S]*)⟦\/\1⟧$/.exec(text) ?? expect.fail(`no marks: ${text}`);
  expect(words).not.toContain(nonce);
  return words;
}
