/**
 * Can a person see this? A page can hold words that only a machine reads; those are not read (reliability.md 3.4).
 * The style of an element is looked at once, and what lies in it inherits its `Sight`.
 *
 * `checkVisibility` alone would not do: it knows no colour, geometry or clip, and calls `display: contents` invisible.
 * Each property that is asked for costs a fifth of a microsecond or more, and a read asks thousands of elements: what
 * decides rarely is asked only where something else has raised the question.
 */
import { clipReferenceArea } from './clip-reference.ts';
import { clipPathArea, clipRectArea, isNothing, meet, overflowArea, type Area } from './clip.ts';
import { isInline } from './collect.ts';
import { blend, colourReader, contrast, paintPixel, type Colour, type Rgb } from './colour.ts';
import type { Dom } from './dom.ts';
import { filterOpacity, isMaskedAway, mixed } from './effects.ts';
import type { Place } from './place.ts';
import { isSvgText } from './skip.ts';
import { isTurnedAway } from './space.ts';

/** What an element does to all that is in it. Those that do nothing share the one of what they are in. */
export interface Sight {
  /** Product of all opacities from the root. */
  opacity: number;
  /** What may lie behind the text: one colour, those of a gradient, or null where it cannot be known (a photograph). */
  ground: Ground;
  /** A box out of the flow: it may lie over something that is no ancestor. */
  lifted: boolean;
  /** How all of it, its ground too, is mixed with what was behind it. */
  mix: { mode: string; behind: Ground } | null;
  /** What can be seen of boxes in the flow, of `position: absolute` and of `position: fixed` ones. */
  flow: Area;
  absolute: Area;
  fixed: Area;
  /** Whether ink of this colour shows here. */
  inks: Map<string, boolean>;
}

/** And to text directly in it. */
export interface TextSight {
  /** `doubtful`: lost on the ground of its ancestors, but lifted from it. */
  text: 'shown' | 'hidden' | 'doubtful';
  /** Its letters are drawn closer together than is usual. */
  isTight: boolean;
}

type Ground = readonly Rgb[] | null;

const minOpacity = 0.1;
const minContrast = 1.3;
const minFontPx = 4;
/** Nobody scrolls further to the side than this to begin reading. */
export const farPx = 8000;
/** Nobody reads in a smaller frame. */
const leastFramePx = 20;
const white: Rgb = [255, 255, 255];
const nothing = 'rgba(0, 0, 0, 0)';

const shown: TextSight = { text: 'shown', isTight: false };
const tight: TextSight = { text: 'shown', isTight: true };
const hidden: TextSight = { text: 'hidden', isTight: false };
const doubtful: TextSight = { text: 'doubtful', isTight: false };

export class Sights {
  readonly #dom: Dom;
  readonly #colour = colourReader(paintPixel);

  constructor(dom: Dom) {
    this.#dom = dom;
  }

  /** Null when nothing in the element can be seen. */
  of(place: Place): Sight | null {
    if (place.sight !== undefined) return place.sight;
    const around = this.#around(place);
    return (place.sight = around && this.#inside(place, around, getComputedStyle(place.element)));
  }

  #around({ parent, element }: Place): Sight | null {
    if (!parent) return this.#start(element);
    if (parent.sight !== undefined) return parent.sight;
    const unknown: Place[] = [];
    // By a loop: a page may nest deeper than the stack.
    for (let at: Place | null = parent; at && at.sight === undefined; at = at.parent) unknown.push(at);
    while (unknown.length > 0) this.of(unknown.pop()!);
    return parent.sight ?? null;
  }

  #start(root: Element): Sight {
    const ground = [this.#canvas(root)];
    return { opacity: 1, ground, lifted: false, mix: null, inks: new Map(), ...this.#window(root) };
  }

  /** What a page is painted on before it paints itself. */
  #canvas(root: Element): Rgb {
    const own = getComputedStyle(root).colorScheme;
    const meta = own === 'normal' ? this.#dom.find(root, 'meta[name="color-scheme" i]') : null;
    const scheme = (meta && this.#dom.attribute(meta, 'content')) ?? own;
    if (!scheme.includes('dark')) return white;
    return scheme.includes('light') && !matchMedia('(prefers-color-scheme: dark)').matches ? white : [18, 18, 18];
  }

  /** What the window of an element's document can be scrolled to. */
  #window(element: Element): Pick<Sight, 'flow' | 'absolute' | 'fixed'> {
    const document = this.#dom.document(element);
    const view = this.#dom.view(document) ?? window;
    const root = this.#dom.rootElement(document) ?? element;
    const { scrollWidth, clientWidth } = document.scrollingElement ?? root;
    const rightToLeft = getComputedStyle(root).direction === 'rtl';
    const viewport = { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight };
    // Pages lock their scrolling while a banner is open; frames that do not scroll never do.
    if (this.#isFixedFrame(root)) return { flow: viewport, absolute: viewport, fixed: viewport };
    const page = {
      left: -view.scrollX - (rightToLeft ? Math.min(scrollWidth - clientWidth, farPx) : 0),
      top: -view.scrollY,
      // Whatever stands further on can be scrolled to.
      right: Infinity,
      bottom: Infinity,
    };
    return { flow: page, absolute: page, fixed: viewport };
  }

  #isFixedFrame(root: Element): boolean {
    const frame = this.#dom.drawnParent(root);
    if (!frame) return false;
    if (this.#dom.attribute(frame, 'scrolling')?.toLowerCase() === 'no') return true;
    const body = this.#dom.find(root, 'body');
    const own = getComputedStyle(root).overflowY;
    const overflow = own === 'visible' && body ? getComputedStyle(body).overflowY : own;
    return overflow === 'hidden' || overflow === 'clip';
  }

  #inside(place: Place, around: Sight, style: CSSStyleDeclaration): Sight | null {
    const { element, name } = place;
    const { display } = style;
    if (display === 'none') return null;
    const runsOn = display !== 'block' && isInline(display);
    const inline = runsOn && name !== 'svg' && name !== 'iframe';
    place.holder = inline && place.parent ? place.parent.holder : place;
    place.breaks = !runsOn && !isSvgText(name);
    if (display === 'contents') return around;

    let opacity = around.opacity;
    const ownOpacity = style.opacity;
    if (ownOpacity !== '1') opacity *= Number(ownOpacity);
    const { filter } = style;
    if (filter !== 'none') opacity *= filterOpacity(filter);
    if (opacity < minOpacity) return null;
    if (style.mask !== 'none' && isMaskedAway(style, () => this.#dom.rect(element))) return null;

    const { position } = style;
    const isStatic = position === 'static';
    let { flow, absolute, fixed } = around;
    if (position === 'absolute') flow = absolute;
    else if (position === 'fixed') flow = fixed;
    if (!isStatic) absolute = flow;

    const path = style.clipPath;
    const clip = position === 'absolute' || position === 'fixed' ? style.clip : 'auto';
    if (path !== 'none' || clip !== 'auto') {
      const box = this.#dom.rect(element);
      for (const area of [
        clipPathArea(path, box),
        clipReferenceArea(path, element, box, this.#dom),
        clipRectArea(clip, box),
      ]) {
        if (area) [flow, absolute, fixed] = [meet(flow, area), meet(absolute, area), meet(fixed, area)];
      }
    }
    if (!inline) {
      const { contentVisibility } = style;
      if (contentVisibility === 'hidden') return null;
      if (style.backfaceVisibility === 'hidden' && isTurnedAway(place)) return null;
      // `contain: paint` cuts too, but for boxes that grow when they come into view.
      const { contain } = style;
      const cuts = contain !== 'none' && contentVisibility !== 'auto' && /paint|strict|content/.test(contain);
      const asked = style.overflow;
      const overflow = asked === 'visible' && cuts ? 'clip' : asked;
      // What the root cuts off is the window's own; pages lock their scrolling while a banner is open.
      if (overflow !== 'visible' && name !== 'html' && name !== 'body') {
        const box = this.#dom.rect(element);
        const area = overflowArea(box, overflow, element, style.direction === 'rtl');
        if (area) {
          if (isNothing(meet(flow, box))) return null;
          flow = meet(widened(flow, overflow), area);
          if (!isStatic) absolute = flow;
          if (position === 'fixed') fixed = flow;
        }
      }
    }
    if (flow !== around.flow && isNothing(flow) && isNothing(absolute) && isNothing(fixed)) return null;

    const ground = this.#ground(style, around.ground);
    const mode = style.mixBlendMode;
    const covers = ground !== null && ground !== around.ground && ground.length === 1;
    const lifted = !covers && (around.lifted || !isStatic || display.includes('grid'));
    if (name === 'iframe' || name === 'frame') {
      return this.#frame(element, style, { ...around, opacity, ground, lifted, flow });
    }
    const isPlain =
      opacity === around.opacity &&
      ground === around.ground &&
      lifted === around.lifted &&
      flow === around.flow &&
      absolute === around.absolute &&
      fixed === around.fixed &&
      mode === 'normal';
    if (isPlain) return around;
    const mix = mode === 'normal' ? around.mix : { mode, behind: around.ground };
    return { opacity, ground, lifted, mix, flow, absolute, fixed, inks: new Map() };
  }

  #frame(frame: Element, style: CSSStyleDeclaration, around: Sight): Sight | null {
    const inner = this.#dom.frameDocument(frame);
    const root = inner && this.#dom.rootElement(inner);
    // Its border would show where nothing else does.
    if (!root || frame.clientWidth < leastFramePx || frame.clientHeight < leastFramePx) return null;
    if (style.visibility !== 'visible' || isNothing(meet(this.#dom.rect(frame), around.flow))) return null;
    const inside = this.#start(root);
    const { opacity, lifted, ground } = around;
    // A frame lets through what is behind it, but for one that is dark.
    return { ...inside, opacity, lifted, ground: inside.ground?.[0] === white ? ground : inside.ground };
  }

  /** Of text directly in the element, which has a sight of its own then. */
  ofText(place: Place): TextSight {
    if (place.text) return place.text;
    const around = place.sight === undefined ? this.#around(place) : null;
    const style = getComputedStyle(place.element);
    if (around) place.sight = this.#inside(place, around, style);
    place.sight ??= null;
    return (place.text = place.sight ? this.#text(place, style, place.sight) : hidden);
  }

  #text(place: Place, style: CSSStyleDeclaration, sight: Sight): TextSight {
    if (style.visibility !== 'visible') return hidden;
    const drawn = isDrawn(place.name);
    if (drawn && Number(style.fillOpacity) < minOpacity && style.stroke === 'none') return hidden;
    const ink = drawn ? style.fill : style.webkitTextFillColor;
    let shows = sight.inks.get(ink);
    if (shows === undefined) sight.inks.set(ink, (shows = this.#inkShows(ink, sight)));
    if (!shows && !this.#isDrawnOtherwise(style, sight)) {
      return sight.lifted && (this.#colour(ink)?.alpha ?? 0) >= minOpacity ? doubtful : hidden;
    }
    // Not in the list of types: it never became a standard.
    if ((style as { webkitTextSecurity?: string }).webkitTextSecurity !== 'none') return hidden;
    return style.letterSpacing.startsWith('-') ? tight : shown;
  }

  /** Of a block whose `::first-line` has a style of its own. */
  firstLineShows({ element }: Place, sight: Sight): boolean {
    const { webkitTextFillColor, fontSize } = getComputedStyle(element, '::first-line');
    return Number.parseFloat(fontSize) >= minFontPx && this.#inkShows(webkitTextFillColor, sight);
  }

  /** Line breaks and spaces mean something in its texts. */
  keepsSpaces(place: Place): boolean {
    return (place.keepsSpaces ??= /^(?:pre|break-spaces)/.test(getComputedStyle(place.element).whiteSpace));
  }

  #inkShows(ink: string, sight: Sight): boolean {
    const colour = this.#colour(ink);
    // Paint servers of drawings (`url(#…)`) are taken for ink.
    return colour ? this.#shows(colour, sight) : ink !== 'none';
  }

  #shows(ink: Colour, { ground, opacity, mix }: Sight): boolean {
    const alpha = ink.alpha * opacity;
    if (alpha < minOpacity) return false;
    const differ = (over: Rgb, under: Rgb) => contrast(blend({ rgb: over, alpha }, under), under) >= minContrast;
    if (!ground || !mix) return !ground || ground.some((under) => differ(ink.rgb, under));
    return (mix.behind ?? ground).some((behind) => {
      const over = mixed(mix.mode, ink.rgb, behind);
      if (!over) return true;
      if (ground === mix.behind) return differ(over, behind);
      return ground.some((under) => differ(over, mixed(mix.mode, under, behind) ?? under));
    });
  }

  /** Coloured by its background, or drawn by its shadow or outline. */
  #isDrawnOtherwise(style: CSSStyleDeclaration, sight: Sight): boolean {
    if (/\btext\b/.test(style.backgroundClip) && style.backgroundImage !== 'none') return true;
    const stroke = Number.parseFloat(style.webkitTextStrokeWidth) > 0 ? style.webkitTextStrokeColor : style.stroke;
    const shadow = /^[a-z]+\([^)]*\)/.exec(style.textShadow)?.[0] ?? '';
    return [stroke, shadow].some((drawn) => {
      const ink = drawn ? this.#colour(drawn) : null;
      return ink !== null && this.#shows(ink, sight);
    });
  }

  #ground(style: CSSStyleDeclaration, behind: Ground): Ground {
    const image = style.backgroundImage;
    const paint = style.backgroundColor;
    if (image === 'none' && paint === nothing) return behind;
    const colour = this.#colour(paint);
    const under = !colour
      ? null
      : colour.alpha === 1
        ? [colour.rgb]
        : colour.alpha === 0
          ? behind
          : (behind?.map((each) => blend(colour, each)) ?? null);
    if (image === 'none' || /\btext\b/.test(style.backgroundClip)) return under;
    if (image.includes('url(')) return null;
    const stops = (image.match(/[a-z]+\([^()]*\)/g) ?? []).map((stop) => this.#colour(stop));
    if (
      style.backgroundRepeat === 'repeat' &&
      style.backgroundSize === 'auto' &&
      stops.every((stop) => stop?.alpha === 1)
    ) {
      return stops.map((stop) => stop!.rgb);
    }
    if (!under) return null;
    // Where the gradient does not reach, what is under it shows.
    return [...under, ...stops.flatMap((stop) => (stop ? under.map((each) => blend(stop, each)) : []))];
  }
}

function isDrawn(name: string): boolean {
  return name === 'text' || isSvgText(name);
}

/** Along an axis that scrolls the outer edges do not cut what can be scrolled into view. */
function widened(outer: Area, overflow: string): Area {
  const [x = '', y = x] = overflow.split(' ');
  const scrolls = /auto|scroll/;
  return {
    left: scrolls.test(x) ? -Infinity : outer.left,
    right: scrolls.test(x) ? Infinity : outer.right,
    top: scrolls.test(y) ? -Infinity : outer.top,
    bottom: scrolls.test(y) ? Infinity : outer.bottom,
  };
}
