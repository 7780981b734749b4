import { preact } from '@preact/preset-vite';
import type { Plugin } from 'vite';
import { defineConfig } from 'wxt';
import { manifestKey } from './lib/protocol/identity.ts';

// Everything the pages may load or reach. Loopback over http is for a relay on the person's own machine.
const loopback = ['http://localhost:*', 'ws://localhost:*', 'http://127.0.0.1:*', 'ws://127.0.0.1:*'];
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "media-src 'self' blob: mediastream:",
  "worker-src 'self'",
  `connect-src 'self' https: wss: ${loopback.join(' ')}`,
  "frame-src 'none'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** What popup and panel both need to open comes to them as one script and not as a dozen: each request takes its time. */
const shared = [
  /\/lib\/ui\/(?:show\.tsx|store\.ts|warm\.ts)$/,
  /\/lib\/(?:storage\/errors|storage\/reopen)\.ts$/,
  /\/lib\/ui\/parts\/(?:answers|beside|boundary|controls|figure|heir|later|mode|money|notice|now|segments|talk|talk-key|times)\.tsx?$/,
  /\/lib\/ui\/view\/(?:at-most|keys|level|lines|talk|talk-key|time)\.ts$/,
  /\/lib\/ui\/words\/(?:actions|talk)\.ts$/,
];
const fewRequests: Plugin = {
  name: 'few-requests',
  outputOptions: (output) =>
    output.format === 'es'
      ? {
          ...output,
          codeSplitting: {
            // `$initial`: not what a page fetches later.
            groups: [{ name: 'view', tags: ['$initial'], test: (path) => shared.some((each) => each.test(path)) }],
            includeDependenciesRecursively: false,
          },
        }
      : null,
};

/** Nothing is painted before the sheet is there, so it is asked for before the scripts. */
const sheetFirst: Plugin = {
  name: 'sheet-first',
  transformIndexHtml: {
    order: 'post',
    handler(html) {
      const [sheet] = /[ \t]*<link rel="stylesheet"[^>]*>\n/.exec(html) ?? [];
      return sheet ? html.replace(sheet, '').replace(/[ \t]*<script/, (script) => `${sheet}${script}`) : html;
    },
  },
};

/** The browsers we run in keep the polyfill's promises by themselves: pages, whose size is budgeted, go without its 10 KB. */
function nativeInPages(): Plugin {
  let pages = false;
  return {
    name: 'native-in-pages',
    enforce: 'pre',
    configResolved({ build }) {
      const inputs = Object.values(build.rolldownOptions.input ?? {});
      pages = inputs.some((path) => String(path).endsWith('.html'));
    },
    resolveId(source, importer) {
      return pages && source === '@wxt-dev/webextension-polyfill/browser'
        ? this.resolve('@wxt-dev/browser', importer, { skipSelf: true })
        : null;
    },
  };
}

export default defineConfig({
  modules: ['@wxt-dev/webextension-polyfill'],
  publicDir: 'assets/public',
  imports: false,
  manifestVersion: 3,
  webExt: { disabled: true },
  vite: () => ({
    plugins: [preact(), fewRequests, sheetFirst, nativeInPages()],
    build: {
      // Files come from the disk: lists of them to fetch would only hold up the first frame, or what is opened later.
      modulePreload: false,
    },
  }),
  hooks: {
    // Any other value writes paths of the machine into the build, and no two zips are alike.
    'config:resolved': ({ config }) => {
      if (config.command === 'build') process.env['NODE_ENV'] = 'production';
    },
  },
  zip: { name: 'parley' },
  manifest: ({ command }) => ({
    name: '__MSG_name__',
    short_name: 'Parley',
    description: '__MSG_description__',
    default_locale: 'en',
    key: manifestKey,
    // Side panels that commands may open, offscreen documents with getContexts, and the newest: URL.parse.
    minimum_chrome_version: '126',
    permissions: ['offscreen', 'storage', 'sidePanel', 'activeTab', 'scripting'],
    optional_host_permissions: ['*://*/*'],
    externally_connectable: { ids: [] },
    // What is private is not heard, read or kept by us.
    incognito: 'not_allowed',
    // WXT's development server needs its own, looser policy.
    ...(command === 'build' ? { content_security_policy: { extension_pages: contentSecurityPolicy } } : {}),
    action: { default_title: '__MSG_name__' },
    commands: {
      'toggle-call': {
        suggested_key: { default: 'Alt+Shift+V' },
        description: '__MSG_commandToggleCall__',
      },
      // D is free in Chromium beside Alt and Shift, lies in one place on QWERTY, QWERTZ and AZERTY, and under the same hand.
      talk: {
        suggested_key: { default: 'Alt+Shift+D' },
        description: '__MSG_commandTalk__',
      },
      'toggle-mute': {
        suggested_key: { default: 'Alt+Shift+M' },
        description: '__MSG_commandToggleMute__',
      },
      'open-panel': {
        suggested_key: { default: 'Alt+Shift+S' },
        description: '__MSG_commandOpenPanel__',
      },
    },
  }),
});
