/**
 * The page looks through itself: whatever a section shows can be found, and is out of view while something else is looked
 * for. What comes later, such as the names of devices, is looked through when it comes.
 */
import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { find, type Part } from '../view/find.ts';

export interface FoundSection {
  /** Of its heading. */
  id: string;
  title: string;
}

export interface Found {
  /** Those in view. */
  sections: FoundSection[];
  /** Settings and texts in view. */
  count: number;
}

export function useFound(page: RefObject<HTMLElement | null>, query: string): Found {
  const [found, setFound] = useState<Found>({ sections: [], count: 0 });
  useLayoutEffect(() => {
    const root = page.current!;
    const look = () => {
      const next = showFound(root, query);
      setFound((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
    };
    look();
    const watcher = new MutationObserver(look);
    watcher.observe(root, { childList: true, characterData: true, subtree: true });
    return () => watcher.disconnect();
  }, [query]);
  return found;
}

/** Fields that stand beside or below each other, perhaps under a legend. */
const groups = '.pair, fieldset.group, dl';
const captions = 'legend, .section-head';

function showFound(root: HTMLElement, query: string): Found {
  const sections = [...root.querySelectorAll<HTMLElement>(':scope > section')];
  const parts = sections.map((section) => branch(section));
  const { shown, count } = find(parts, query);
  const mark = ({ of, parts: inside }: Part<HTMLElement>) => {
    of.toggleAttribute('data-unfound', !shown.has(of));
    if (inside.length === 0) unfold(of, query !== '' && shown.has(of));
    inside.forEach(mark);
  };
  parts.forEach(mark);
  const inView = parts.filter(({ of }) => shown.has(of));
  return {
    sections: inView.map(({ of }) => ({
      id: of.getAttribute('aria-labelledby') ?? '',
      title: of.querySelector('h2')?.textContent ?? '',
    })),
    count,
  };
}

function branch(element: HTMLElement): Part<HTMLElement> {
  const children = [...element.children] as HTMLElement[];
  const caption = children.find((child) => child.matches(captions));
  const heading = caption?.querySelector('h2') ?? caption;
  // It speaks of all that follows.
  const introduction = caption?.nextElementSibling?.matches('p.help') ? caption.nextElementSibling.textContent : '';
  return {
    of: element,
    text: `${heading?.textContent ?? ''} ${introduction}`,
    parts: children.filter((child) => child !== caption).map(partOf),
  };
}

function partOf(element: HTMLElement): Part<HTMLElement> {
  return element.matches(groups) ? branch(element) : { of: element, text: element.textContent ?? '', parts: [] };
}

/** What was found may be in a fold. It is closed again when the search is over, unless the person had opened it. */
function unfold(element: HTMLElement, open: boolean): void {
  for (const fold of element.matches('details') ? [element] : element.querySelectorAll('details')) {
    if (open ? fold.hasAttribute('open') : !fold.hasAttribute('data-unfolded')) continue;
    fold.toggleAttribute('open', open);
    fold.toggleAttribute('data-unfolded', open);
  }
}
