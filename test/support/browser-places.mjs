/**
 * Where a Chrome, Chromium or Edge may already be. Plain JavaScript, because the set-up needs it before anything is
 * installed.
 */
import { accessSync, constants, readdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

const linux = [
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/microsoft-edge-stable',
  '/usr/bin/microsoft-edge',
];

const macOs = [
  'Google Chrome.app/Contents/MacOS/Google Chrome',
  'Chromium.app/Contents/MacOS/Chromium',
  'Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windows = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Chromium\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/** Absolute paths, best first: `CHROME_PATH`, then what an installer left in the usual places. */
export function browserPlaces(platform = process.platform, env = process.env, home = homedir()) {
  const wished = env.CHROME_PATH ? [env.CHROME_PATH] : [];
  return [...wished, ...usualPlaces(platform, env, home)];
}

function usualPlaces(platform, env, home) {
  if (platform === 'darwin') {
    const folders = ['/Applications', posix.join(home, 'Applications')];
    return folders.flatMap((folder) => macOs.map((app) => posix.join(folder, app)));
  }
  if (platform === 'win32') {
    const folders = [env.ProgramFiles, env['ProgramFiles(x86)'], env.LOCALAPPDATA].filter(Boolean);
    return folders.flatMap((folder) => windows.map((app) => win32.join(folder, app)));
  }
  return linux;
}

/** The first browser that exists, or null. A `CHROME_PATH` that leads nowhere is an error, not a reason to look on. */
export function findInstalledBrowser(platform = process.platform, env = process.env, home = homedir()) {
  if (env.CHROME_PATH && !isProgram(env.CHROME_PATH)) {
    throw new Error(`CHROME_PATH is ${env.CHROME_PATH}, and there is no program there. Correct it, or unset it.`);
  }
  return browserPlaces(platform, env, home).find(isProgram) ?? downloadedBrowser(platform, env, home);
}

/** What `npx puppeteer browsers install chrome` left: CACHE/chrome/PLATFORM-VERSION/chrome-PLATFORM/… */
function downloadedBrowser(platform, env, home) {
  const { join } = platform === 'win32' ? win32 : posix;
  const versions = join(env.PUPPETEER_CACHE_DIR ?? join(home, '.cache', 'puppeteer'), 'chrome');
  const newestFirst = listed(versions).sort((a, b) => b.localeCompare(a, 'en', { numeric: true }));
  for (const version of newestFirst) {
    for (const folder of listed(join(versions, version))) {
      const program = {
        win32: 'chrome.exe',
        darwin: 'Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
      };
      const path = join(versions, version, folder, program[platform] ?? 'chrome');
      if (isProgram(path)) return path;
    }
  }
  return null;
}

function listed(folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function isProgram(path) {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
