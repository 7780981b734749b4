/** What masks, filters, blending and turning leave of an element. All of it is read from computed style. */
import { parseRgb, type Rgb } from './colour.ts';

/** More than this, and letters are smoke. */
const mostBlurPx = 5;

/** Factor of opacity; 0 where the filter leaves nothing to read. */
export function filterOpacity(filter: string): number {
  let factor = 1;
  for (const [, name, amount = '', unit] of filter.matchAll(/([a-z-]+)\((-?[\d.e-]+)(%|px)?\)/g)) {
    const value = Number(amount) / (unit === '%' ? 100 : 1);
    if (name === 'opacity') factor *= value;
    else if (name === 'blur' && value > mostBlurPx) factor = 0;
    else if (name === 'contrast' && value < 0.1) factor = 0;
    else if (name === 'invert' && Math.abs(value - 0.5) < 0.05) factor = 0;
  }
  return factor;
}

type MaskStyle = Pick<CSSStyleDeclaration, 'maskImage' | 'maskSize' | 'maskPosition' | 'maskRepeat'>;

/**
 * What a picture masks cannot be known, and one that does not load masks all: words under it
 * are not read. Of a gradient some stop must be opaque, and a mask that is not repeated must lie on the box.
 */
export function isMaskedAway(
  { maskImage, maskSize, maskPosition, maskRepeat }: MaskStyle,
  box: () => DOMRect,
): boolean {
  if (maskImage === 'none' || !maskImage) return false;
  if (/url\(|image\(|element\(/.test(maskImage)) return true;
  const colours = maskImage.match(/rgba?\([^)]*\)/g) ?? [];
  if (colours.length > 0 && colours.every((colour) => (parseRgb(colour)?.alpha ?? 1) < 0.1)) return true;
  if (/(?:^|[ ,])0(?:px|%)?(?=$|[ ,])/.test(maskSize)) return true;
  if (!maskRepeat.includes('no-repeat')) return false;
  const { width, height } = box();
  const [x = 0, y = x] = maskPosition.split(' ').map((part) => (part.endsWith('px') ? Number.parseFloat(part) : 0));
  const [w = NaN, h = w] = maskSize.split(' ').map((part) => (part.endsWith('px') ? Number.parseFloat(part) : NaN));
  const lies = (at: number, size: number, room: number) =>
    at < room - 1 && at + (Number.isNaN(size) ? room : size) > 1 && !(size < 2);
  return !lies(x, w, width) || !lies(y, h, height);
}

/** Of each channel, 0 to 1: what lies behind, and what is laid on it. Other modes are not known here. */
const modes: Record<string, (behind: number, over: number) => number> = {
  multiply: (b, s) => b * s,
  screen: (b, s) => b + s - b * s,
  darken: Math.min,
  lighten: Math.max,
  difference: (b, s) => Math.abs(b - s),
  exclusion: (b, s) => b + s - 2 * b * s,
  'color-dodge': (b, s) => (b === 0 ? 0 : s === 1 ? 1 : Math.min(1, b / (1 - s))),
  'color-burn': (b, s) => (b === 1 ? 1 : s === 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
  'plus-lighter': (b, s) => Math.min(1, b + s),
};

/** A colour as it shows when it is mixed with what is behind it; null for a mode that is not known. */
export function mixed(mode: string, colour: Rgb, behind: Rgb): Rgb | null {
  const mix = modes[mode];
  if (!mix) return null;
  const part = (index: 0 | 1 | 2) => 255 * mix(behind[index] / 255, colour[index] / 255);
  return [part(0), part(1), part(2)];
}
