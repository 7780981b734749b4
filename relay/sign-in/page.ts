/** The pages of the sign-in: plain HTML without script, and nothing on them comes from elsewhere. */
import { html } from 'hono/html';
import type { Context } from 'hono';
import { showCode } from '../team/pairing.ts';
import { randomWord } from '../team/secrets.ts';
import { signInPath } from './paths.ts';
import { statuses, type SignInRefusal } from './refusal.ts';
import { wordsFor, type SignInWords } from './words.ts';

const style = `
:root { color-scheme: light dark; color: CanvasText; background: Canvas; font: 1rem/1.5 system-ui, sans-serif; }
body { max-width: 38rem; margin: 3rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; }
a { color: light-dark(#0b57d0, #a8c7fa); }
dt { font-weight: 600; margin-top: 1rem; }
dd { margin: 0; }
code { font-size: 1.05rem; overflow-wrap: anywhere; user-select: all; }
`;

/** Or the browser asks for one, and is refused. */
const noIcon = html`<link rel="icon" href="data:," />`;

type Part = ReturnType<typeof html>;

export interface DonePage {
  name: string;
  relay: string;
  /** Eight letters. */
  code: string;
  /** One for each copy of the extension that may call. */
  links: readonly string[];
}

export function donePage(c: Context, { name, relay, code, links }: DonePage): Response | Promise<Response> {
  const words = wordsFor(c.req.header('accept-language'));
  const { done } = words;
  return page(
    c,
    200,
    words,
    html`<h1>${done.title}</h1>
      <p>${done.intro(name)}</p>
      <dl>
        <dt>${done.link}</dt>
        ${links.map((link) => html`<dd><code>${link}</code></dd>`)}
      </dl>
      <p>${done.linkHelp}</p>
      <p>${done.byHand}</p>
      <dl>
        <dt>${done.relay}</dt>
        <dd><code>${relay}</code></dd>
        <dt>${done.code}</dt>
        <dd><code>${showCode(code)}</code></dd>
      </dl>
      <p>${done.ends}</p>`,
  );
}

export function refusedPage(c: Context, { why, extras }: SignInRefusal): Response | Promise<Response> {
  const words = wordsFor(c.req.header('accept-language'));
  const { title, text } = words.refused[why];
  return page(
    c,
    statuses[why],
    words,
    html`<h1>${title}</h1>
      <p>${text(extras)}</p>
      <p><a href="${signInPath}">${words.again}</a></p>`,
  );
}

function page(
  c: Context,
  status: 200 | (typeof statuses)[keyof typeof statuses],
  { language, title }: SignInWords,
  content: Part,
): Response | Promise<Response> {
  const nonce = randomWord(16);
  c.header(
    'Content-Security-Policy',
    `default-src 'none'; img-src data:; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  c.header('X-Frame-Options', 'DENY');
  c.header('Referrer-Policy', 'no-referrer');
  c.header('Cross-Origin-Opener-Policy', 'same-origin');
  return c.html(
    html`<!doctype html>
      <html lang="${language}">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width" />
          <title>${title}</title>
          ${noIcon}
          <style nonce="${nonce}">
            ${style}
          </style>
        </head>
        <body>
          <main>${content}</main>
        </body>
      </html>`,
    status,
  );
}
