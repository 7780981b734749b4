/**
 * What the set-up installs: the npm packages, and on Debian or Ubuntu as root the distribution's own. Plain JavaScript,
 * because it runs before anything is there.
 */
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';

/** Says what it does in one line, then does it; what the command printed is shown only when it failed. */
export function run(sentence, command, args, options = {}) {
  console.log(sentence);
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...options,
  });
  if (status === 0) return true;
  console.error(gist([error?.message, stdout, stderr].filter(Boolean).join('\n')));
  return false;
}

/** The reason stands first with npm and last with apt-get; what lies between is usage and progress. */
function gist(printed) {
  const lines = printed.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('npm warn'));
  return lines.length <= 40 ? lines.join('\n') : [...lines.slice(0, 20), '…', ...lines.slice(-20)].join('\n');
}

/**
 * Is every package of the lock file there in its version? Compares with the lock file that npm leaves in node_modules,
 * because file times say nothing after a checkout. Optional packages may be missing: not every platform has them.
 */
export function packagesAreCurrent(root) {
  try {
    const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
    const present = JSON.parse(readFileSync(join(root, 'node_modules', '.package-lock.json'), 'utf8')).packages;
    return Object.entries(wanted).every(([path, { version, optional, devOptional }]) => {
      if (path === '') return true;
      const there = present[path];
      return there ? there.version === version : Boolean(optional || devOptional);
    });
  } catch {
    return false;
  }
}

export function installPackages(root) {
  if (packagesAreCurrent(root)) return true;
  const args = ['ci', '--no-audit', '--no-fund', '--include=dev', '--include=optional'];
  const sentence = 'Installing the npm packages (npm ci; a minute or two the first time)';
  const npm = process.env.npm_execpath;
  // The npm that runs us, whatever else is on the PATH. Windows starts npm.cmd only through a shell.
  if (npm && basename(npm) === 'npm-cli.js') return run(sentence, process.execPath, [npm, ...args], { cwd: root });
  return run(sentence, 'npm', args, { cwd: root, shell: process.platform === 'win32' });
}

/** The Node that runs TypeScript: the one among the packages, or the machine's own when that is new enough. Null: none. */
export function findNode(root) {
  const bin = join(root, 'node_modules', 'node', 'bin');
  const packaged = join(bin, process.platform === 'win32' ? 'node.exe' : 'node');
  if (existsSync(packaged)) return packaged;
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 18) ? process.execPath : null;
}

export function canInstallSystemPackages() {
  return process.platform === 'linux' && process.getuid?.() === 0 && onPath('apt-get');
}

let listsAreFresh = false;

export function installSystemPackages(names) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  listsAreFresh ||= run('Reading the list of system packages (apt-get update)', 'apt-get', [...wait, 'update'], {
    env,
  });
  const args = [...wait, 'install', '-y', '--no-install-recommends', ...names];
  return run(`Installing ${names.join(' and ')} (apt-get install)`, 'apt-get', args, { env });
}

export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
