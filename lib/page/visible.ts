/**
 * Can a person see this? A page can hold words that only a machine reads; those are not read (reliability.md 3.4).
 * The style of an element is looked at once, on the way down; what lies deeper inherits the `Sight` of its parents.
 *
 * `checkVisibility` alone would not do: it knows no colour, geometry or clip, calls `display: contents` invisible, and
 * with `contentVisibilityAuto` everything below the fold of a well-built page.
 */
import type { Dom } from './dom.ts';

export interface Sight {
  /** Product of all opacities from the root. */
  opacity: number;
  /** Inside `position: fixed` and not inside a scroller of it: what is outside the window stays outside. */
  fixed: boolean;
  /** What lies behind the text, or null where it cannot be known (images, gradients, overlapping boxes). */
  background: Rgb | null;
}

export type Rgb = readonly [red: number, green: number, blue: number];

export const openSight: Sight = { opacity: 1, fixed: false, background: [255, 255, 255] };

const minOpacity = 0.1;
const minFontPx = 4;
const minContrast = 1.3;
/** Left or above the page nobody can scroll to; far to the right nobody does. */
const farPx = 8000;

/** The sight inside an element, or null when nothing in it can be seen. */
export function sightInside(element: Element, style: CSSStyleDeclaration, parent: Sight, view: Window): Sight | null {
  if (style.display === 'none' || style.contentVisibility === 'hidden') return null;
  const opacity = parent.opacity * Number(style.opacity) * filterOpacity(style.filter);
  if (opacity < minOpacity || isClippedAway(element, style) || isMaskedAway(style.maskImage)) return null;
  if (style.transform !== 'none' && /^matrix\(0(?:\.0+)?, 0, 0, 0(?:\.0+)?,/.test(style.transform)) return null;

  const fixed = parent.fixed || style.position === 'fixed';
  const scrolls = fixed && /auto|scroll/.test(style.overflow);
  if (scrolls && isOutOfReach(Element.prototype.getBoundingClientRect.call(element), view, true)) return null;
  return { opacity, fixed: fixed && !scrolls, background: backgroundInside(style, parent.background) };
}

/** Is text directly inside an element of this style hidden by the style itself? */
export function isTextHidden(style: CSSStyleDeclaration, sight: Sight): boolean {
  if (style.visibility !== 'visible' || Number.parseFloat(style.fontSize) < minFontPx) return true;
  if (/\btext\b/.test(style.backgroundClip)) return false; // coloured by its background: visible
  const ink = parseColour(style.webkitTextFillColor || style.color);
  if (!ink) return false;
  if (ink.alpha < minOpacity) return !/\d/.test(style.textShadow);
  return sight.background !== null && ink.alpha === 1 && contrast(ink.rgb, sight.background) < minContrast;
}

/** Is the rendered place of some text nowhere that a person could scroll to? */
export function isOutOfReach(rect: DOMRect, view: Window, fixed: boolean): boolean {
  if (rect.width < 1 || rect.height < 1) return true;
  if (fixed) {
    return rect.right <= 0 || rect.bottom <= 0 || rect.left >= view.innerWidth || rect.top >= view.innerHeight;
  }
  const left = rect.left + view.scrollX;
  // Right-to-left pages scroll into negative x.
  const reach = Math.max(farPx, 4 * view.innerWidth);
  const rightToLeft = view.getComputedStyle(view.document.documentElement).direction === 'rtl';
  const tooFarLeft = rightToLeft ? rect.right < -reach : rect.right + view.scrollX <= 0;
  return tooFarLeft || left > reach || rect.bottom + view.scrollY <= 0;
}

/** Closed `<details>`: only the first summary shows. */
export function isFolded(dom: Dom, child: Node, details: Element): boolean {
  if (dom.attribute(details, 'open') !== null) return false;
  return child !== dom.find(details, ':scope > summary');
}

function isClippedAway(element: Element, style: CSSStyleDeclaration): boolean {
  // Text for screen readers: clipped to nothing.
  if (/absolute|fixed/.test(style.position) && /^rect\((?:[01]px,? ?){4}\)$/.test(style.clip)) return true;
  if (isEmptyShape(style.clipPath)) return true;
  if (!/hidden|clip/.test(style.overflow) || style.display.startsWith('inline') || style.display === 'contents') {
    return false;
  }
  return element.clientWidth <= 1 || element.clientHeight <= 1;
}

/** `inset(50%)` and more, `circle(0)`, a polygon whose corners all are one point. */
function isEmptyShape(clipPath: string): boolean {
  if (clipPath === 'none') return false;
  const inset = /^inset\((\d+(?:\.\d+)?)%/.exec(clipPath);
  if (inset) return Number(inset[1]) >= 50;
  if (/^(?:circle|ellipse)\(0(?:px|%)?(?: 0(?:px|%)?)?(?: at|\))/.test(clipPath)) return true;
  const polygon = /^polygon\((.+)\)$/.exec(clipPath);
  return polygon !== null && new Set(polygon[1]!.split(/,\s*/)).size === 1;
}

function isMaskedAway(maskImage: string): boolean {
  if (!maskImage.includes('gradient(')) return false;
  const colours = maskImage.match(/rgba?\([^)]*\)/g) ?? [];
  return colours.length > 0 && colours.every((colour) => parseColour(colour)?.alpha === 0);
}

function filterOpacity(filter: string): number {
  const match = /opacity\(([\d.]+)(%?)\)/.exec(filter);
  return match ? Number(match[1]) / (match[2] ? 100 : 1) : 1;
}

function backgroundInside(style: CSSStyleDeclaration, behind: Rgb | null): Rgb | null {
  if (style.backgroundImage !== 'none') return null;
  const colour = parseColour(style.backgroundColor);
  if (colour?.alpha === 1) return colour.rgb;
  if (!colour || colour.alpha > 0) return null;
  // A box lifted out of the flow or into a grid may lie over anything, a photograph say.
  return style.position === 'static' && !/grid/.test(style.display) ? behind : null;
}

function parseColour(colour: string): { rgb: Rgb; alpha: number } | null {
  const match = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(colour);
  if (!match) return null;
  const [, red, green, blue, alpha] = match;
  return { rgb: [Number(red), Number(green), Number(blue)], alpha: alpha === undefined ? 1 : Number(alpha) };
}

/** WCAG contrast ratio, 1 to 21. */
function contrast(one: Rgb, other: Rgb): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

function luminance(rgb: Rgb): number {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
