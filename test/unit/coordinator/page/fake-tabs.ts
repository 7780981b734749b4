/** Tabs, a reader in them, and session storage, as the coordinator's page powers use them. */
import type { ReturnedPage } from '../../../../lib/page/page-result.ts';
import { blankPage } from '../../../support/returned-page.ts';

export interface FakeTab {
  id: number;
  url?: string;
  title?: string;
  active?: boolean;
  incognito?: boolean;
  documentId?: string;
}

export const tea: ReturnedPage = {
  ...blankPage,
  title: 'Tea',
  url: 'https://example.org/tea',
  language: 'en',
  text: 'Tea is a drink.',
  characters: 15,
};

function notPressed(): string {
  throw new Error("Either the '<all_urls>' or 'activeTab' permission is required.");
}

export function fakeTabs() {
  let session: Record<string, unknown> = {};
  let tabs: FakeTab[] = [];
  let inject: (tab: FakeTab) => unknown = () => tea;
  let capture: () => string = notPressed;
  const injected: number[] = [];

  const told = ({ id, url, title, active = false, incognito = false }: FakeTab) => ({
    id,
    windowId: 1,
    active,
    incognito,
    ...(url !== undefined && { url }),
    ...(title !== undefined && { title }),
  });

  return {
    api: {
      runtime: { getURL: (path: string) => `chrome-extension://parley${path}` },
      storage: {
        // No call that was cut off.
        local: { get: async () => ({}), remove: async () => {} },
        session: {
          get: async (key: string) => (key in session ? { [key]: structuredClone(session[key]) } : {}),
          set: async (values: Record<string, unknown>) => void (session = { ...session, ...structuredClone(values) }),
          remove: async (key: string) => void delete session[key],
        },
      },
      scripting: {
        executeScript: async ({ target }: { target: { tabId: number } }) => {
          const tab = tabs.find(({ id }) => id === target.tabId);
          if (!tab) throw new Error(`No tab with id: ${target.tabId}`);
          injected.push(tab.id);
          return [{ documentId: tab.documentId ?? `document-${tab.id}`, frameId: 0, result: await inject(tab) }];
        },
      },
      tabs: {
        query: async ({ active }: { active?: boolean }) =>
          tabs.filter((tab) => active === undefined || (tab.active ?? false) === active).map(told),
        get: async (id: number) => {
          const tab = tabs.find((each) => each.id === id);
          if (!tab) throw new Error(`No tab with id: ${id}.`);
          return told(tab);
        },
        captureVisibleTab: async () => capture(),
        onUpdated: { addListener: () => {}, removeListener: () => {} },
      },
    },
    injected,
    open(...opened: FakeTab[]) {
      tabs = opened;
    },
    /** The person goes somewhere else in it. Without an address: to a site that was not granted. */
    go(id: number, url?: string) {
      tabs = tabs.map((tab) =>
        tab.id === id ? { id, ...(tab.active && { active: true }), ...(url && { url }) } : tab,
      );
    },
    close(id: number) {
      tabs = tabs.filter((tab) => tab.id !== id);
    },
    /** What the injected script returns, or throws. */
    whenInjected(returns: (tab: FakeTab) => unknown) {
      inject = returns;
    },
    /** What the browser says to a picture of the tab in view. Default: that nobody pressed the icon. */
    whenCaptured(answers: () => string) {
      capture = answers;
    },
    reset() {
      session = {};
      tabs = [];
      inject = () => tea;
      capture = notPressed;
      injected.length = 0;
    },
  };
}
