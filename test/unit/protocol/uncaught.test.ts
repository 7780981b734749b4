import { expect, it } from 'vitest';
import { masked } from '../../../lib/protocol/masked.ts';
import { uncaughtLine, watchUncaught } from '../../../lib/protocol/uncaught.ts';

const secrets = ['sk-proj-4f9a8b7c6d5e4f3a2b1c', 'https://relay.example/marzipan', '"marzipan costs three euros"'];

it.each(secrets)('tells what an error is and where it was thrown, and keeps %s to itself', (secret) => {
  const error = new TypeError(`cannot read ${secret} of undefined`);
  error.stack = `${error.stack?.split('\n')[0]}\n    at draw (chrome-extension://abc/chunks/view-Ab12.js:3:456)`;
  const line = masked(uncaughtLine(error));
  expect(line).toMatch(/^uncaught \(view-Ab12\.js:3:456\) TypeError: cannot read ‹\S+› of undefined$/);
  expect(line).not.toContain(secret);
});

it('a text, nothing, or a thing that was thrown is told as well, on one short line', () => {
  expect(masked(uncaughtLine('no\nway'))).toBe('uncaught no way');
  expect(uncaughtLine(undefined)).toBe('uncaught undefined');
  expect(uncaughtLine({ token: 'secret' })).toBe('uncaught [object Object]');
  expect(masked(uncaughtLine(new Error('a '.repeat(5000)))).length).toBeLessThan(300);
});

it('hears of both kinds, until it is no longer wanted', () => {
  const scope = new EventTarget();
  const before = globalThis.addEventListener;
  globalThis.addEventListener = scope.addEventListener.bind(scope) as typeof globalThis.addEventListener;
  const seen: string[] = [];
  const life = new AbortController();
  watchUncaught((line) => void seen.push(line), { signal: life.signal });
  globalThis.addEventListener = before;
  const thrown = () => Object.assign(new Event('error'), { error: null, message: 'Script error.' });
  scope.dispatchEvent(thrown());
  scope.dispatchEvent(Object.assign(new Event('unhandledrejection'), { reason: 'why not' }));
  life.abort();
  scope.dispatchEvent(thrown());
  expect(seen).toEqual(['uncaught Script error.', 'uncaught why not']);
});
