/** Serves the page to talk about, on this machine only. */
import { readFile, realpath } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname, extname, join, sep } from 'node:path';

const kinds: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.htm': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.pdf': 'application/pdf',
};

export interface Site {
  url: string;
  close(): Promise<void>;
}

/** `page` is a path or an address; an address is handed back as it is. A file is served with its neighbours. */
export async function servePage(page: string): Promise<Site> {
  if (/^https?:\/\//i.test(page)) return { url: page, close: async () => undefined };
  const folder = await realpath(dirname(page));
  const server = createServer(async (request, response) => {
    const file = await insideFolder(folder, request.url ?? '/');
    const kind = file && kinds[extname(file).toLowerCase()];
    if (!file || !kind) return void response.writeHead(404).end();
    const bytes = await readFile(file).catch(() => null);
    if (!bytes) return void response.writeHead(404).end();
    return void response.writeHead(200, { 'content-type': kind }).end(bytes);
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/${encodeURIComponent(basename(page))}`,
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The real path, or null for anything that is not in the folder, links out of it included. */
async function insideFolder(folder: string, url: string): Promise<string | null> {
  try {
    const path = decodeURIComponent(new URL(url, 'http://site').pathname);
    const file = await realpath(join(folder, path));
    return file.startsWith(folder + sep) ? file : null;
  } catch {
    return null;
  }
}
