/** The click that a refused tool waits for. After it the question goes on by itself. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import { isActive, type ToolLine } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { webAddress } from '../view/address.ts';
import { askedSite, grantFor, mayAllow, siteOf, waitingLine, type SiteGrant } from '../view/grant.ts';
import { toolWords } from '../words/tool-words.ts';

/** Nothing where no click can help. */
export function ClickNeeded({ line }: { line: ToolLine }) {
  const grant = grantFor(line);
  if (grant) return <GrantButton grant={grant} />;
  const site = askedSite(line);
  return site === null ? null : <AllowButton line={line} site={site} />;
}

/**
 * The browser's own permission, which stays; where a press of the icon has opened the page already, none is asked for.
 * `asked`: by a question, which goes on.
 */
export function GrantButton({ grant: { host, pattern }, asked = true }: { grant: SiteGrant; asked?: boolean }) {
  const words = toolWords.use();
  const open = useOpenSite(host);
  const [said, say] = useState('');
  if (said) return <Said text={said} />;
  const named = open ?? host;
  const granted = () => {
    const now = store.snapshot.get();
    const goesOn = asked ? isActive(now.phase) : waitingLine(now) !== null;
    const next = goesOn ? words.goesOn : asked ? words.askAgain : '';
    say([words.grant.given(named), next].filter(Boolean).join(' '));
    if (goesOn) void store.act({ type: 'granted' });
  };
  const refused = () => say(words.grant.refused(named));
  const ask = () => {
    if (open !== null) return granted();
    // Called in the click itself: the browser asks only then.
    browser.permissions.request({ origins: [pattern] }).then((given) => (given ? granted() : refused()), refused);
  };
  return (
    <button type="button" onClick={ask}>
      {words.grant.ask(named)}
    </button>
  );
}

/** The site in view, where we may read it and it is the one that is meant; the browser tells its address only then. */
function useOpenSite(meant: string | null): string | null {
  const [inView, setInView] = useState<string | null>(null);
  useEffect(() => void siteInView().then(setInView), []);
  return meant === null || inView === meant ? inView : null;
}

async function siteInView(): Promise<string | null> {
  const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
  return siteOf(webAddress(tab?.url ?? '')?.origin ?? '');
}

/** Parley's own, for a site that may hold private things: it ends with the call. */
function AllowButton({ line, site }: { line: ToolLine; site: string }) {
  const words = toolWords.use();
  const offered = mayAllow(line, useValue(store.snapshot));
  const [allowed, setAllowed] = useState(false);
  if (!offered) return null;
  if (allowed) return <Said text={`${words.allow.given(site)} ${words.goesOn}`} />;
  const allow = async () => setAllowed(await store.act({ type: 'allow-reading', origin: line.askOrigin ?? '' }));
  return (
    <button type="button" onClick={() => void allow()}>
      {words.allow.ask(site)}
    </button>
  );
}

/** In the place of the button that was pressed, with the focus it had: that reads it out, and Tab goes on from here. */
function Said({ text }: { text: string }) {
  const box = useRef<HTMLParagraphElement>(null);
  useLayoutEffect(() => box.current?.focus(), []);
  return (
    <p ref={box} tabIndex={-1} aria-live="off">
      {text}
    </p>
  );
}
