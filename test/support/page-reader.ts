/** The reader as one script, run in a page as the extension runs it: in a world of its own. */
import { fileURLToPath } from 'node:url';
import type { Page } from 'puppeteer';
import { build, type Rolldown } from 'vite';
import { pageContent, type PageContent } from '../../lib/page/page-result.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Makes what `entry` exports a global. `entry`: a path in the repository. */
export async function bundleAs(
  name: string,
  entry: string,
  { minify = false, paths = [] }: { minify?: boolean; paths?: string[] } = {},
): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    root,
    resolve: {
      alias: paths.map((path) => ({
        find: /^(@mozilla\/readability|defuddle|minisearch)$/,
        replacement: `${path}/$1`,
      })),
    },
    build: {
      write: false,
      minify,
      target: 'chrome120',
      lib: { entry: `${root}/${entry}`, formats: ['iife'], name },
    },
  });
  return (built as Rolldown.RolldownOutput[])[0]!.output[0].code;
}

/** In KB, minified. */
export async function sizeOf(entry: string): Promise<number> {
  const code = await bundleAs('part', entry, { minify: true });
  return Buffer.byteLength(code) / 1024;
}

export function bundleReader(): Promise<string> {
  return bundleAs('reader', 'lib/page/read.ts', { minify: true });
}

/** What comes out passes the schema. */
export async function readIn(page: Page, reader: string): Promise<PageContent> {
  const session = await page.createCDPSession();
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId: frameTree.frame.id });
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    expression: `${reader}; reader.readPage(document)`,
    contextId: executionContextId,
    returnByValue: true,
  });
  await session.detach();
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return pageContent.parse(result.value);
}
