import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { browserPlaces, findInstalledBrowser } from '../../support/browser-places.mjs';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'parley-places-'));
});
afterEach(() => rm(home, { recursive: true, force: true }));

async function program(...path: string[]): Promise<string> {
  const file = join(home, ...path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, '#!/bin/sh\n');
  await chmod(file, 0o755);
  return file;
}

describe('looking for a browser', () => {
  it('takes CHROME_PATH before anything else', async () => {
    const mine = await program('my', 'chrome');
    expect(findInstalledBrowser('linux', { CHROME_PATH: mine }, home)).toBe(mine);
  });

  it('says that CHROME_PATH is wrong instead of taking another browser', () => {
    const wrong = join(home, 'nothing');
    expect(() => findInstalledBrowser('linux', { CHROME_PATH: wrong }, home)).toThrow(wrong);
  });

  it('finds what an installer left in the home folder on macOS', async () => {
    const chrome = await program('Applications', 'Google Chrome.app', 'Contents', 'MacOS', 'Google Chrome');
    expect(findInstalledBrowser('darwin', {}, home)).toBe(chrome);
  });

  it('finds the newest one that puppeteer downloaded', async () => {
    await program('.cache', 'puppeteer', 'chrome', 'mac-99.0.1', 'chrome-mac', ...forTesting);
    const newest = await program('.cache', 'puppeteer', 'chrome', 'mac-156.0.1', 'chrome-mac', ...forTesting);
    expect(findInstalledBrowser('darwin', {}, home)).toBe(newest);
  });

  it('finds none on an empty machine', () => {
    expect(findInstalledBrowser('darwin', {}, home)).toBeNull();
  });

  it('looks for Edge on Windows, in each folder for programs', () => {
    const places = browserPlaces('win32', { ProgramFiles: 'C:\\Program Files', LOCALAPPDATA: 'C:\\Local' }, 'C:\\me');
    expect(places).toContain('C:\\Program Files\\Microsoft\\Edge\\Application\\msedge.exe');
    expect(places).toContain('C:\\Local\\Google\\Chrome\\Application\\chrome.exe');
  });
});

const forTesting = ['Google Chrome for Testing.app', 'Contents', 'MacOS', 'Google Chrome for Testing'];
