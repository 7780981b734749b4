/** Our own modules as one script, as a page would load them, and a server for them. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** `entry`: a path in the repository. */
export async function bundle(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root,
    build: {
      write: false,
      minify: false,
      rollupOptions: { input: `${root}/${entry}`, output: { format: 'es', codeSplitting: false } },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const script = outputs.find((output) => output.type === 'chunk');
  if (script?.type !== 'chunk') throw new Error(`${entry} could not be bundled`);
  return script.code;
}

export interface ServedPage {
  /** Of the page; the scripts are beside it. */
  url: string;
  close(): Promise<void>;
}

/** A page that loads `page.js`. `scripts`: by file name. */
export async function serveScripts(scripts: Record<string, string>): Promise<ServedPage> {
  const server = createServer(({ url = '/' }, response) => {
    const name = url.slice(1);
    const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
    response.setHeader('content-type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><body><script type="module" src="/page.js"></script></body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
