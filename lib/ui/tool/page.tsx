/** Why the page in view is not read as it is, and the click that helps where one does. */
import { browser } from 'wxt/browser';
import type { PageSeen } from '../../protocol/messages.ts';
import { grantFor } from '../view/grant.ts';
import { toolWords } from '../words/tool-words.ts';
import { callWords } from '../words/words.ts';
import { GrantButton } from './click.tsx';

export function PageRefused({ page: { fault, grantOrigin } }: { page: PageSeen }) {
  const { toolFaults } = toolWords.use();
  const { options } = callWords.use().controls;
  if (!fault) return null;
  const grant = grantFor({ fault, ...(grantOrigin && { grantOrigin }) });
  return (
    <>
      <p>{toolFaults[fault]}</p>
      {grant && <GrantButton grant={grant} asked={false} />}
      {fault === 'never-read' && (
        <button type="button" onClick={() => void browser.runtime.openOptionsPage()}>
          {options}
        </button>
      )}
    </>
  );
}
