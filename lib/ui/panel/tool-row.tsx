/** A tool call as a thin row: what was read, how much of it, or why not. */
import { useState } from 'preact/hooks';
import { browser } from 'wxt/browser';
import type { ToolLine } from '../../protocol/snapshot.ts';
import { Icon } from '../parts/icon.tsx';
import { grantFor, type SiteGrant } from '../view/grant.ts';
import { toolRow } from '../view/tool.ts';
import { clock } from '../view/time.ts';
import { callWords } from '../words/words.ts';

export function ToolRow({ line }: { line: ToolLine }) {
  const words = callWords.use();
  const { name, title, amount, sentence } = toolRow(line, words);
  const grant = grantFor(line);
  return (
    <li class={`row tool ${line.state}`} title={clock(line.at, words.language)}>
      <Icon name={line.state === 'failed' ? 'warning' : 'page'} />
      <div>
        <p>
          <b>{name}</b>
          {title && (
            <span dir="auto" title={line.source?.url}>
              {title}
            </span>
          )}
          {amount && <small>{amount}</small>}
        </p>
        {sentence && <p class="why">{sentence}</p>}
        {grant && <GrantButton grant={grant} />}
      </div>
    </li>
  );
}

function GrantButton({ grant }: { grant: SiteGrant }) {
  const words = callWords.use().grant;
  const [granted, setGranted] = useState<boolean | null>(null);
  if (granted !== null) {
    return <p role="status">{granted ? words.given(grant.host) : words.refused(grant.host)}</p>;
  }
  // Called in the click itself: the browser asks only then.
  const ask = () =>
    void browser.permissions.request({ origins: [grant.pattern] }).then(setGranted, () => setGranted(false));
  return (
    <button type="button" onClick={ask}>
      {words.ask(grant.host)}
    </button>
  );
}
