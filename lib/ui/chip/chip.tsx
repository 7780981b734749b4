/** Which page Parley sees, and whether it may be read; pressed, it says why not and what helps. */
import { useId, useState } from 'preact/hooks';
import type { PageSeen } from '../../protocol/messages.ts';
import { Icon } from '../parts/icon.tsx';
import { useTools } from '../parts/later.ts';
import { endOfHost } from '../view/page.ts';
import { chipWords } from '../words/chip-words.ts';
import { usePage } from './page.ts';

export function PageChip() {
  const page = usePage();
  // A place of its own from the start, so that nothing below it moves.
  return <div class="page-chip">{page && <Chip page={page} />}</div>;
}

/** Words of the page are text nodes; each keeps its own direction, so that no title can write into the host. */
function Chip({ page }: { page: PageSeen }) {
  const words = chipWords.use();
  const [open, setOpen] = useState(false);
  const id = useId();
  const { title, host, reads } = page;
  return (
    <>
      <button
        type="button"
        class={`reads-${reads}`}
        aria-expanded={open}
        aria-controls={id}
        onClick={() => setOpen(!open)}
      >
        <i class="sign">
          <Icon name="page" />
        </i>
        <span class="visually-hidden">{words.pageInView}: </span>
        <span class="title" dir="auto">
          {title || words.untitled}
        </span>
        <span class="about">
          {host && <bdi dir="ltr">{endOfHost(host)}</bdi>}
          <span>{words.reads[reads]}</span>
        </span>
      </button>
      <div id={id} role="status">
        {open && <Why page={page} />}
      </div>
    </>
  );
}

function Why({ page }: { page: PageSeen }) {
  const { mayRead } = chipWords.use();
  const tools = useTools(page.fault !== null);
  if (page.fault === null) return <p>{mayRead}</p>;
  return tools && <tools.PageRefused key={`${page.tabId} ${page.host}`} page={page} />;
}
