/**
 * `npm start` and `npm test` on a machine with nothing but git, Node >= 20 and npm: installs what is missing, saying so
 * in one line each, then hands over to the Node 24 among the packages.
 *
 * setup.mjs start|test|install [arguments of the program]
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findInstalledBrowser } from './browser-places.mjs';
import {
  canInstallSystemPackages,
  findNode,
  installPackages,
  installSystemPackages,
  onPath,
  run,
} from './packages.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const programs = { start: 'test/start/main.ts', test: 'test/start/run-tests.ts' };

function main() {
  const [job, ...args] = process.argv.slice(2);
  if (job !== 'start' && job !== 'test' && job !== 'install') return fail('Usage: setup.mjs start|test|install');
  // Help must not cost an installation.
  if (job === 'start' && (args.includes('--help') || args.includes('-h'))) {
    process.stdout.write(readFileSync(join(root, 'test/start/help.txt'), 'utf8'));
    return undefined;
  }
  if (!installPackages(root)) {
    return fail('The npm packages could not be installed. Look at the lines above, and run this again.');
  }
  const node = findNode(root);
  if (!node) {
    return fail(
      'There is no Node 24 among the packages: npm was told to run no install scripts (ignore-scripts). ' +
        'Allow them, delete node_modules and run this again, or use Node 24 yourself.',
    );
  }
  const browser = provideBrowser(node);
  if (job !== 'start') {
    provideDisplay();
    provideStore();
  }
  if (job === 'install') return undefined;
  if (!browser && job === 'start') return fail(noBrowser);
  if (!browser) console.log(`${noBrowser} The browser tests are skipped.`);
  return handOver(node, programs[job], args, browser ? { ...process.env, CHROME_PATH: browser } : process.env);
}

const noBrowser =
  'There is no Chrome, Chromium or Edge here, and none could be installed. ' +
  'Install one, or set CHROME_PATH to the program of the one you have.';

function provideBrowser(node) {
  const found = findInstalledBrowser();
  if (found) return found;
  if (canInstallSystemPackages() && installSystemPackages(['chromium'])) {
    const installed = findInstalledBrowser();
    if (installed) return installed;
  }
  const puppeteer = join(root, 'node_modules/puppeteer/lib/puppeteer/node/cli.js');
  const withLibraries = canInstallSystemPackages() ? ['--install-deps'] : [];
  const args = [puppeteer, 'browsers', 'install', 'chrome', ...withLibraries];
  run('Downloading Chrome (npx puppeteer browsers install chrome)', node, args, { cwd: root });
  return findInstalledBrowser();
}

/** A screen without a monitor, and keys without a keyboard, for the test with the real shortcut. */
function provideDisplay() {
  if (process.platform !== 'linux') {
    console.log('The test with the real shortcut key is skipped: it needs Xvfb, which is for Linux.');
    return;
  }
  const missing = [
    ['Xvfb', 'xvfb'],
    ['xdotool', 'xdotool'],
  ].filter(([program]) => !onPath(program));
  if (missing.length === 0) return;
  const names = missing.map(([, name]) => name);
  if (canInstallSystemPackages() && installSystemPackages(names)) return;
  console.log(
    `The test with the real shortcut key is skipped: it needs ${names.join(' and ')}; install them to run it.`,
  );
}

/** For the tests of limits that several relays share. Distributions have the one or the other. */
function provideStore() {
  const names = ['valkey-server', 'redis-server'];
  if (names.some(onPath)) return;
  if (canInstallSystemPackages() && names.some((name) => installSystemPackages([name]))) return;
  console.log(
    'The tests of shared limits are skipped: they need valkey-server or redis-server; install one to run them.',
  );
}

function handOver(node, program, args, env) {
  // The channel closes when this process ends in whatever way, so the program never outlives it.
  const child = spawn(node, [join(root, program), ...args], {
    cwd: root,
    env,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  // A killed npm takes its shell along and leaves this process to another parent.
  const parent = process.ppid;
  const orphaned = () => process.ppid !== parent && child.kill('SIGTERM');
  if (process.env.npm_lifecycle_event) setInterval(orphaned, 1000).unref();
  child.on('error', (error) => fail(`${node} does not run: ${error.message}`));
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
}

function fail(sentence) {
  console.error(sentence);
  process.exitCode = 1;
}

try {
  main();
} catch (error) {
  fail(error.message);
}
