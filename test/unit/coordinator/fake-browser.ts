/** As much of a browser as the coordinator touches, with a memory: session storage and tabs outlive the worker. */

export interface FakeTab {
  id: number;
  audible?: boolean;
  mutedInfo?: { muted: boolean; reason?: string; extensionId?: string };
  /** No script gets in. */
  restricted?: boolean;
}

type MessageListener = (message: unknown, sender: unknown, respond: (answer: unknown) => void) => boolean;

export const ownId = 'parley';

type Values = Record<string, unknown>;

function area(read: () => Values, write: (values: Values) => void) {
  return {
    get: async (keys: string | string[]) => {
      const all = read();
      return Object.fromEntries([keys].flat().flatMap((key) => (key in all ? [[key, all[key]]] : [])));
    },
    set: async (values: Values) => write({ ...read(), ...structuredClone(values) }),
    remove: async (key: string) => {
      const { [key]: _, ...rest } = read();
      write(rest);
    },
  };
}

export function fakeBrowser() {
  let session: Record<string, unknown> = {};
  let local: Record<string, unknown> = {};
  let tabs: FakeTab[] = [];
  const notes: { tab: number; note: unknown }[] = [];
  const injected: number[] = [];
  const pages: string[] = [];
  let hears: MessageListener | undefined;
  const tabListeners = new Set<unknown>();

  const api = {
    runtime: {
      id: ownId,
      getURL: (path: string) => path,
      onMessage: { addListener: (listener: MessageListener) => void (hears = listener) },
    },
    i18n: { getUILanguage: () => 'en-GB' },
    action: { setBadgeText: async () => {} },
    storage: {
      session: area(
        () => session,
        (values) => (session = values),
      ),
      local: area(
        () => local,
        (values) => (local = values),
      ),
    },
    scripting: {
      executeScript: async ({ target }: { target: { tabId: number } }) => {
        if (tabs.find(({ id }) => id === target.tabId)?.restricted) throw new Error('Cannot access a chrome:// URL');
        injected.push(target.tabId);
      },
    },
    tabs: {
      query: async ({ audible, muted }: { audible?: boolean; muted?: boolean }) =>
        structuredClone(tabs).filter(
          (tab) =>
            (audible === undefined || (tab.audible ?? false) === audible) &&
            (muted === undefined || (tab.mutedInfo?.muted ?? false) === muted),
        ),
      update: async (id: number, { muted }: { muted: boolean }) => {
        const tab = tabs.find((each) => each.id === id);
        if (!tab) throw new Error(`No tab with id: ${id}.`);
        tab.mutedInfo = { muted, reason: 'extension', extensionId: ownId };
      },
      create: async ({ url }: { url: string }) => void pages.push(url),
      sendMessage: async (tab: number, note: unknown) => void notes.push({ tab, note }),
      onUpdated: {
        addListener: (listener: unknown) => tabListeners.add(listener),
        removeListener: (listener: unknown) => tabListeners.delete(listener),
      },
    },
  };
  return {
    api,
    notes,
    injected,
    /** Own pages that were opened. */
    pages,
    /** Undefined: nobody answers such a message. */
    send: (message: unknown, sender: unknown): Promise<unknown> | undefined => {
      const { promise, resolve } = Promise.withResolvers<unknown>();
      return hears?.(message, sender, resolve) ? promise : undefined;
    },
    /** Is the worker woken when a tab changes? */
    watchesTabs: () => tabListeners.size > 0,
    open(...opened: FakeTab[]) {
      tabs = opened;
    },
    isMuted: (id: number) => tabs.find((tab) => tab.id === id)?.mutedInfo?.muted ?? false,
    personMutes(id: number, muted: boolean) {
      tabs.find((tab) => tab.id === id)!.mutedInfo = { muted, reason: 'user' };
    },
    /** The browser, or the extension, starts afresh. */
    reset() {
      session = {};
      local = {};
      tabs = [];
      notes.length = 0;
      injected.length = 0;
      pages.length = 0;
      tabListeners.clear();
    },
    /** As with the browser's end, or the extension's process. */
    forgetSession() {
      session = {};
    },
  };
}
