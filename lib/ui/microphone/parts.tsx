/** What the microphone page and the welcome page show alike. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { Value } from '../value.ts';
import { siteSettingsPage } from '../view/browser-pages.ts';
import { pageWords } from '../words/page-words.ts';

/** Of a microphone that is open: does it hear anything? */
export function LevelBar({ height }: { height: Value<number> }) {
  const { levelLabel } = pageWords.use().microphone;
  const bar = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => height.watch((now) => bar.current?.style.setProperty('--level', now.toFixed(3))), [height]);
  return (
    <span class="level-bar" role="img" aria-label={levelLabel} ref={bar}>
      <i />
    </span>
  );
}

/** The way out of a block, step by step. */
export function AllowSteps({ look }: { look?: string }) {
  return (
    <ol class={look}>
      {pageWords.use().microphone.allowSteps.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ol>
  );
}

/** The browser's page on which the person allows or blocks the microphone. */
export function openSiteSettings(): void {
  const origin = new URL(browser.runtime.getURL('')).origin;
  void browser.tabs.create({ url: siteSettingsPage(navigator.userAgent, origin) });
}
