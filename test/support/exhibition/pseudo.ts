/**
 * A build whose English is longer than any language that may come, with accents and brackets: what is cut off, or was never
 * given to the words, can be seen. Made from the usual build, so that nothing of it is ever shipped.
 */
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtExtension } from '../browser.ts';

export interface PseudoBuild {
  dir: string;
  remove(): Promise<void>;
}

/** Hands over a copy of the built extension in which every sentence of `lib/ui/words` is stretched. */
export async function buildPseudo(): Promise<PseudoBuild> {
  const dir = await mkdtemp(join(tmpdir(), 'parley-pseudo-'));
  await cp(builtExtension, dir, { recursive: true });
  const chunks = join(dir, 'chunks');
  const english = (await readdir(chunks)).filter((name) => /\.en-[^/]+\.js$/.test(name));
  if (english.length === 0) throw new Error('The build has no English words of its own.');
  for (const name of english) {
    const file = join(chunks, name);
    const script = await readFile(file, 'utf8');
    const stretched = script.replace(/export\s*\{\s*(\w+) as words\s*\};?\s*$/, (_, words: string) => {
      return `const stretched=(${stretchAll.toString()})(${words},${stretch.toString()});export{stretched as words};`;
    });
    if (stretched === script) throw new Error(`${name} does not end as a file of words does.`);
    await writeFile(file, stretched);
  }
  return { dir, remove: () => rm(dir, { recursive: true, force: true }) };
}

/** `Talk` becomes `[Ţåļķ ~~]`: two fifths longer, in words that may be broken where the sentence may. */
export function stretch(text: string): string {
  const plain = 'AEIOUCNSTLKaeioucnstlkrz';
  const accented = 'ÅÉÎÖÛÇÑŠŢĻĶåéîöûçñšţļķřž';
  const letters = [...text].map((letter) => accented[plain.indexOf(letter)] ?? letter).join('');
  const extra = Math.ceil(text.length * 0.4) - 3;
  const filling =
    extra <= 0
      ? ''
      : ` ${'žžžžž '
          .repeat(Math.ceil(extra / 6))
          .slice(0, extra)
          .trim()}`;
  return text.trim() === '' ? text : `[${letters}${filling}]`;
}

/** Every sentence of an object of words, and every sentence that one of its functions gives; but not its language. */
function stretchAll(words: unknown, lengthen: (text: string) => string): unknown {
  const all = (value: unknown, name = ''): unknown => {
    if (typeof value === 'string') return name === 'language' || name === 'command' ? value : lengthen(value);
    if (typeof value === 'function')
      return (...given: unknown[]) => all((value as (...given: unknown[]) => unknown)(...given));
    if (Array.isArray(value)) return value.map((each) => all(each));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, all(each, key)]));
  };
  return all(words);
}
