/** What does not fit on a page that is shown. Runs in the page, handed over as text: it can use nothing from outside itself. */

/**
 * One sentence a misfit; empty when every word can be read. `mayBeCut`: selectors of what is shortened on purpose and can be
 * read in whole elsewhere. `mayBeCovered`: of what something may lie over that goes when the person turns away.
 */
export function findMisfits(mayBeCut: string, mayBeCovered: string): string[] {
  const misfits = new Set<string>();
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth)
    misfits.add(`the page is ${root.scrollWidth} px wide and has ${root.clientWidth}`);

  const named = (element: Element) => {
    const classes = [...element.classList].map((name) => `.${name}`).join('');
    return `${element.localName}${classes}`;
  };
  const complain = (element: Element, text: string, what: string) =>
    misfits.add(`${named(element)} “${text.trim().slice(0, 60)}” ${what}`);

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? '';
    const element = node.parentElement!;
    if (text.trim() === '' || element.closest('option, script, style') || !isForEyes(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter(({ width, height }) => width > 1 && height > 1);
    for (const box of boxes) {
      const wrong = element.closest(mayBeCut) ? null : (outOfItsBox(element, box) ?? cutOff(element, box));
      if (wrong) complain(element, text, wrong);
      const cover = coveredBy(element, box);
      if (cover) complain(element, text, `lies under ${named(cover)}`);
    }
  }
  return [...misfits];

  /** And not for screen readers alone, or shown only under the pointer. */
  function isForEyes(element: Element): boolean {
    const isSeen = element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (!isSeen || element.closest('.visually-hidden')) return false;
    for (let each: Element | null = element; each; each = each.parentElement) {
      const { width, height } = each.getBoundingClientRect();
      if (width <= 1 && height <= 1) return false;
    }
    return true;
  }

  /** Past the border of what is drawn around it. */
  function outOfItsBox(element: Element, box: DOMRect): string | null {
    const around = element.closest('button, label, summary, select, .chip, .notice, .row, fieldset, section');
    if (!around) return null;
    const room = around.getBoundingClientRect();
    const over = Math.max(box.right - room.right, room.left - box.left);
    // The line box of a text is higher than its letters.
    const above = Math.max(box.bottom - room.bottom, room.top - box.top) - 3;
    return over > 1 || above > 1 ? `is ${Math.ceil(Math.max(over, above))} px out of ${named(around)}` : null;
  }

  /** Beyond the edge of what cuts, or of what would have to be scrolled sideways. */
  function cutOff(element: Element, box: DOMRect): string | null {
    for (let each: Element | null = element; each && each !== root; each = each.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(each);
      const room = each.getBoundingClientRect();
      const across = Math.max(box.right - room.right, room.left - box.left);
      if (overflowX !== 'visible' && each.localName !== 'pre' && across > 1)
        return `is cut ${Math.ceil(across)} px by ${named(each)}`;
      const along = Math.max(box.bottom - room.bottom, room.top - box.top) - 3;
      if ((overflowY === 'hidden' || overflowY === 'clip') && along > 1)
        return `is cut ${Math.ceil(along)} px by ${named(each)}`;
      // From here on it may be scrolled to.
      if (overflowY === 'auto' || overflowY === 'scroll') return null;
    }
    return box.left < -1 || box.right > innerWidth + 1 ? 'is beyond the edge of the window' : null;
  }

  function coveredBy(element: Element, box: DOMRect): Element | null {
    if (element.closest(mayBeCovered)) return null;
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
    for (let each = element.parentElement; each; each = each.parentElement) {
      const room = each.getBoundingClientRect();
      const isAway = x < room.left || x > room.right || y < room.top || y > room.bottom;
      // Scrolled out of sight, it is under nothing.
      if (isAway && getComputedStyle(each).overflowY !== 'visible') return null;
    }
    const seen = document.elementFromPoint(x, y);
    // The figures lie over the rest until the person turns to it.
    if (!seen || seen.contains(element) || element.contains(seen) || seen.closest('.cost[open]')) return null;
    // The field of a choice lies over its own words, to take the press.
    return element.closest('label')?.contains(seen) ? null : seen;
  }
}
