/** Prints what a built extension weighs, and fails when a part is over its limit: `node test/support/sizes.ts`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { pathToFileURL } from 'node:url';
import { deflateRawSync } from 'node:zlib';
import { builtExtension } from './browser.ts';

export interface Size {
  part: string;
  bytes: number;
  limit: number;
}

const KB = 1024;

/**
 * `folder` is what `wxt build` left. Scripts count minified and unzipped, with all the shared ones that a part loads. What
 * popup and panel load when it is first needed, and not when they open, are parts of their own.
 */
export function measure(folder: string): Size[] {
  const read = (path: string) => readFileSync(join(folder, path), 'utf8');
  const total = (paths: Iterable<string>) =>
    [...new Set(paths)].reduce((sum, path) => sum + readFileSync(join(folder, path)).length, 0);
  const page = (name: string) => scriptsOf(`${name}.html`, read);
  const views = [...page('popup'), ...page('sidepanel')];
  // What the two share counts with the rows, which most calls have.
  const rows = fetchedLater(views, isRows, read);
  const chip = fetchedLater(views, isChip, read).filter((path) => !rows.includes(path));
  const past = fetchedLater(views, isPast, read).filter((path) => !rows.includes(path));
  const looks = fetchedLater(views, isLook, read).filter((path) => !rows.includes(path));
  const reader = fetchedLater(views, isReader, read).filter((path) => !rows.includes(path));
  return [
    // The worklet is loaded by the offscreen document and by nothing else.
    {
      part: 'offscreen document',
      bytes: total([...withImports(page('offscreen'), read, true), 'audio-worklet.js']),
      limit: 190 * KB,
    },
    { part: 'worker', bytes: total(withImports(['background.js'], read, true)), limit: 76 * KB },
    { part: 'popup', bytes: total(page('popup')), limit: 60 * KB },
    { part: 'side panel', bytes: total(page('sidepanel')), limit: 60 * KB },
    { part: 'tool rows, later', bytes: total(rows), limit: 16 * KB },
    { part: 'page chip, later', bytes: total(chip), limit: 8 * KB },
    { part: 'past calls, later', bytes: total(past), limit: 24 * KB },
    { part: 'notes, times and diagnostics, later', bytes: total(looks), limit: 10 * KB },
    { part: 'for screen readers, later', bytes: total(reader), limit: 3 * KB },
    { part: 'zip', bytes: zipBytes(folder), limit: 270 * KB },
  ];
}

/**
 * A page's own scripts, those it preloads, and all that they import. Of scripts that are alternatives (`words.en-….js`,
 * `words.es-….js`: one language is loaded, at once) the largest counts. Any other `import()` is for later.
 */
export function scriptsOf(page: string, read: (path: string) => string): string[] {
  const tags = read(page).matchAll(/<(?:script|link)\b[^>]*?\b(?:src|href)="([^"]+\.js)"/g);
  const scripts = [...tags].map(([, address]) => resolve(page, address!));
  return withImports(scripts, read);
}

/** By the name of the script that they begin with. */
const isPast = (path: string) => posix.basename(path).startsWith('past-calls');
/** What is seldom to be said of a call: what it lacks, how quick it is, and what to copy when it is not well. */
const isLook = (path: string) => /^(notes|times|diagnostics)\b/.test(posix.basename(path));
const isChip = (path: string) => posix.basename(path).startsWith('page-chip');
const isReader = (path: string) => posix.basename(path).startsWith('announcer');
const isRows = (path: string) => !isPast(path) && !isLook(path) && !isChip(path) && !isReader(path);

/** What open views fetch by an `import()` of such a script, without what they have already. */
function fetchedLater(views: string[], isMeant: (path: string) => boolean, read: (path: string) => string): string[] {
  const asked = views.flatMap((script) => importsOf(script, read));
  const first = asked.filter(({ path, dynamic, alternativeOf }) => dynamic && alternativeOf === null && isMeant(path));
  const fetched = withImports(
    first.map(({ path }) => path),
    read,
    true,
    views,
  );
  return fetched.filter((path) => !views.includes(path));
}

/** `later`: with what is loaded only when it is needed. `known`: not followed. */
function withImports(
  first: string[],
  read: (path: string) => string,
  later = false,
  known: readonly string[] = [],
): string[] {
  const found = new Set(first);
  const largest = new Map<string, string>();
  // A set hands out what is added to it while it is walked.
  for (const script of found) {
    if (known.includes(script)) continue;
    for (const { path, dynamic, alternativeOf } of importsOf(script, read)) {
      if (alternativeOf === null) {
        if (later || !dynamic) found.add(path);
      } else if (read(path).length > read(largest.get(alternativeOf) ?? path).length || !largest.has(alternativeOf))
        largest.set(alternativeOf, path);
    }
  }
  return [...found, ...largest.values()];
}

interface Import {
  path: string;
  /** By `import()`. */
  dynamic: boolean;
  /** The name that a script shares with the same words in other languages. */
  alternativeOf: string | null;
}

function importsOf(script: string, read: (path: string) => string): Import[] {
  const imports = read(script).matchAll(/\b(?:from|import)\s*(\()?\s*["'`](\.{0,2}\/[^"'`]+\.js)["'`]/g);
  return [...imports].map(([, dynamic, address]) => {
    const path = resolve(script, address!);
    const [name, language] = posix.basename(path).split('.');
    return { path, dynamic: dynamic !== undefined, alternativeOf: language === 'js' ? null : (name ?? null) };
  });
}

function resolve(from: string, address: string): string {
  return address.startsWith('/') ? address.slice(1) : posix.join(posix.dirname(from), address);
}

/** As a zip at the highest level: for each file its data, a local header and an entry in the directory. */
function zipBytes(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, { parentPath, name }) => {
    const path = join(parentPath, name);
    const stored = Buffer.byteLength(path.slice(folder.length + 1));
    return sum + deflateRawSync(readFileSync(path), { level: 9 }).length + 30 + 46 + 2 * stored;
  }, 22);
}

export function table(sizes: Size[]): string {
  return sizes
    .map(({ part, bytes, limit }) => {
      const words = `${part.padEnd(35)}${(bytes / KB).toFixed(1).padStart(7)} of ${limit / KB} KB`;
      return bytes > limit ? `${words}  OVER` : words;
    })
    .join('\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const sizes = measure(builtExtension);
  console.log(table(sizes));
  if (sizes.some(({ bytes, limit }) => bytes > limit)) {
    console.error('A part is over its limit: look for a library that came in with the last change.');
    process.exitCode = 1;
  }
}
