/** `::first-line` has a style of its own, of which that of its element says nothing. */
import type { Place } from './place.ts';

/** Asking costs as much as half of all else about a block: after these, the like of one that was asked is not. */
const askedOneByOne = 16;

export class FirstLines {
  #asked = 0;
  readonly #known = new Set<string>();

  /** Is the first line of this block drawn in another way than the rest? */
  differs({ element, name }: Place): boolean {
    this.#asked += 1;
    const kind = `${name}.${Element.prototype.getAttribute.call(element, 'class') ?? ''}`;
    if (this.#asked > askedOneByOne && this.#known.has(kind)) return false;
    this.#known.add(kind);
    const own = getComputedStyle(element);
    const first = getComputedStyle(element, '::first-line');
    return first.webkitTextFillColor !== own.webkitTextFillColor || first.fontSize !== own.fontSize;
  }
}
