import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Connection } from '../../../lib/storage/calls/connection.ts';

let local: Record<string, unknown>;
let session: Record<string, unknown>;
let origins: string[];
let keepsSites: boolean;
let pages: Record<string, string>;
vi.stubGlobal('localStorage', { clear: () => (pages = {}) });

const area = (of: () => Record<string, unknown>, empty: () => void) => ({
  get: async (key: string | null) => (key === null ? of() : { [key]: of()[key] }),
  clear: async () => empty(),
});
const api = {
  storage: {
    local: area(
      () => local,
      () => (local = {}),
    ),
    session: area(
      () => session,
      () => (session = {}),
    ),
  },
  permissions: {
    getAll: async () => ({ origins, permissions: ['storage'] }),
    remove: async (which: { origins: string[] }) => {
      if (keepsSites) return false;
      origins = origins.filter((each) => !which.origins.includes(each));
      return true;
    },
  },
};
vi.mock('wxt/browser', () => ({ browser: api }));
const { eraseEverything, whatIsKept } = await import('../../../lib/storage/everything.ts');

/** The database itself is tested in a browser. */
const noDatabase: Connection = {
  open: () => Promise.reject(new Error('not here')),
  openToWrite: () => Promise.reject(new Error('not here')),
  close: () => {},
};

beforeEach(() => {
  local = {
    settings: { version: 1, relay: { url: 'https://relay.example', deviceToken: 'secret' } },
    spend: { version: 1, days: {}, months: { '2026-10': 1, '2026-11': 2 }, calls: [] },
  };
  session = { 'last-snapshot': {} };
  origins = ['https://example.org/*'];
  keepsSites = false;
  pages = { 'relay-takes-offers': '[{"name":"https://relay.example","at":1}]' };
});

describe('all that is kept', () => {
  it('is named, and the token itself is not shown', async () => {
    const kept = await whatIsKept(noDatabase);
    expect(kept).toEqual({
      deviceToken: true,
      spendMonths: 2,
      calls: null,
      lastCall: true,
      sites: ['https://example.org/*'],
    });
  });

  it('is gone after erasing, and what could not be erased is named', async () => {
    expect(await eraseEverything(noDatabase)).toEqual(['calls']);
    expect([local, session, origins, pages]).toEqual([{}, {}, [], {}]);
    expect(await whatIsKept(noDatabase)).toMatchObject({
      deviceToken: false,
      spendMonths: 0,
      lastCall: false,
      sites: [],
    });
  });

  it('does not claim that sites were given back when the browser keeps them', async () => {
    keepsSites = true;
    expect(await eraseEverything(noDatabase)).toEqual(['calls', 'sites']);
  });
});
