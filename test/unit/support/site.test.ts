import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { servePage, type Site } from '../../start/site.ts';

let folder: string;
let site: Site;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-site-'));
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, 'pages', 'my page.html'), '<h1>Hello</h1>');
  await writeFile(join(folder, 'pages', 'style.css'), 'h1 {}');
  await writeFile(join(folder, 'private.txt'), 'secret');
  await symlink(join(folder, 'private.txt'), join(folder, 'pages', 'link.txt'));
  site = await servePage(join(folder, 'pages', 'my page.html'));
});
afterEach(async () => {
  await site.close();
  await rm(folder, { recursive: true, force: true });
});

const get = (path: string) => fetch(new URL(path, site.url));

describe('the page to talk about', () => {
  it('is served with its neighbours, on this machine', async () => {
    expect(await (await fetch(site.url)).text()).toBe('<h1>Hello</h1>');
    expect((await get('style.css')).headers.get('content-type')).toContain('text/css');
    expect(new URL(site.url).hostname).toBe('127.0.0.1');
  });

  it.each(['/..%2fprivate.txt', '/link.txt', '/none.html', '/%ff'])(
    'keeps what is not in its folder to itself: %s',
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );

  it('may be an address: then nothing is served', async () => {
    const other = await servePage('https://example.org/');
    expect(other.url).toBe('https://example.org/');
    await other.close();
  });
});
