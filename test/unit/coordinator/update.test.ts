import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from './fake-browser.ts';

const world = fakeBrowser();
let open: string[] = [];
const getContexts = async ({ contextTypes }: { contextTypes: string[] }) =>
  open.filter((type) => contextTypes.includes(type)).map((contextType) => ({ contextType }));
const reload = vi.fn();
const stored: Record<string, unknown> = {};
const local = {
  get: async (key: string) => structuredClone({ [key]: stored[key] }),
  set: async (values: Record<string, unknown>) => void Object.assign(stored, structuredClone(values)),
};
vi.mock('wxt/browser', () => ({
  browser: { ...world.api, runtime: { ...world.api.runtime, reload }, storage: { ...world.api.storage, local } },
}));
vi.mock('../../../lib/link/request.ts', () => ({ sendCommand: async () => true }));
const closeDocument = async () => void (open = open.filter((type) => type !== 'OFFSCREEN_DOCUMENT'));
vi.stubGlobal('chrome', { runtime: { getContexts }, offscreen: { closeDocument } });

/** As a worker that was killed meanwhile has it: what it knows is in the storage. */
async function wokenWorker() {
  vi.resetModules();
  const [{ updateCame, updateIfIdle }, { onAsk }] = await Promise.all([
    import('../../../lib/coordinator/update.ts'),
    import('../../../lib/coordinator/asks.ts'),
  ]);
  return { updateCame, updateIfIdle, onAsk };
}

beforeEach(() => {
  world.reset();
  reload.mockClear();
  open = [];
});

describe('a new version of the extension', () => {
  it('is taken at once where nothing runs', async () => {
    await (await wokenWorker()).updateCame();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('waits while a call runs, and is taken when it is over, by another worker too', async () => {
    open = ['OFFSCREEN_DOCUMENT'];
    await (await wokenWorker()).updateCame();
    expect(reload).not.toHaveBeenCalled();
    const { onAsk } = await wokenWorker();
    await onAsk({ type: 'idle' });
    await vi.waitFor(() => expect(reload).toHaveBeenCalledOnce());
  });

  it.each(['SIDE_PANEL', 'POPUP', 'TAB'])('waits while a person has a page of ours open (%s)', async (page) => {
    open = ['OFFSCREEN_DOCUMENT', page];
    const { updateCame, updateIfIdle, onAsk } = await wokenWorker();
    await updateCame();
    await onAsk({ type: 'idle' });
    await vi.waitFor(() => expect(open).toEqual([page]));
    await updateIfIdle();
    expect(reload).not.toHaveBeenCalled();
    open = [];
    await updateIfIdle();
    expect(reload).toHaveBeenCalledOnce();
  });

  it('is not taken for one: a call that ends reloads nothing', async () => {
    open = ['OFFSCREEN_DOCUMENT'];
    const { updateIfIdle, onAsk } = await wokenWorker();
    await onAsk({ type: 'idle' });
    await updateIfIdle();
    expect(open).toEqual([]);
    expect(reload).not.toHaveBeenCalled();
  });
});
