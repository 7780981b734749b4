import { beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeBrowser } from './fake-browser.ts';

const world = fakeBrowser();
vi.mock('wxt/browser', () => ({ browser: world.api }));
const { quietTab, quietTabs, soundAgain } = await import('../../../lib/coordinator/quiet-tabs.ts');

const film = 1;
const radio = 2;
const text = 3;
beforeEach(() => {
  world.reset();
  world.open({ id: film, audible: true }, { id: radio, audible: true }, { id: text });
  world.personMutes(radio, true);
});

describe('other tabs during a call', () => {
  it('are muted when they sound, and sound again afterwards; what the person muted stays so', async () => {
    await quietTabs(true);
    expect([film, radio, text].map(world.isMuted)).toEqual([true, true, false]);
    await quietTabs(false);
    expect([film, radio, text].map(world.isMuted)).toEqual([false, true, false]);
  });

  it('are muted when they begin to sound', async () => {
    await quietTabs(true);
    await quietTab({ id: text });
    expect(world.isMuted(text)).toBe(true);
    await quietTabs(false);
    expect(world.isMuted(text)).toBe(false);
  });

  it('stay as the person sets them meanwhile', async () => {
    await quietTabs(true);
    world.personMutes(film, false);
    await quietTabs(true);
    await quietTab({ id: film, mutedInfo: { muted: false } });
    expect(world.isMuted(film)).toBe(false);
    world.personMutes(film, true);
    await quietTabs(false);
    expect(world.isMuted(film)).toBe(true);
  });

  it('are left alone without a call', async () => {
    await quietTab({ id: film });
    expect(world.isMuted(film)).toBe(false);
  });

  it('sound again after the extension was reloaded, which forgets which they were', async () => {
    await quietTabs(true);
    world.forgetSession();
    await soundAgain();
    expect(world.isMuted(film)).toBe(false);
    expect(world.isMuted(radio)).toBe(true);
  });
});
