/** Colours as a browser computes them, and whether ink shows on its ground. */

export type Rgb = readonly [red: number, green: number, blue: number];

export interface Colour {
  rgb: Rgb;
  alpha: number;
}

/** `rgb()` and `rgba()` are read here; whatever else CSS may bring (`oklch()`, `color()`) is handed to `paint`. */
export function colourReader(paint: (colour: string) => Colour | null): (colour: string) => Colour | null {
  const known = new Map<string, Colour | null>();
  return (colour) => {
    let read = known.get(colour);
    if (read === undefined) {
      read = parseRgb(colour) ?? paint(colour);
      known.set(colour, read);
    }
    return read;
  };
}

export function parseRgb(colour: string): Colour | null {
  const match = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/.exec(colour);
  if (!match) return null;
  const [, red, green, blue, alpha] = match;
  return { rgb: [Number(red), Number(green), Number(blue)], alpha: alpha === undefined ? 1 : Number(alpha) };
}

/** Asks the browser itself: one pixel, painted and looked at. */
export function paintPixel(colour: string): Colour | null {
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  if (!context || !CSS.supports('color', colour)) return null;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red = 0, green = 0, blue = 0, alpha = 0] = context.getImageData(0, 0, 1, 1).data;
  return { rgb: [red, green, blue], alpha: alpha / 255 };
}

/** `over` laid on `under`. */
export function blend(over: Colour, under: Rgb): Rgb {
  const mix = (index: 0 | 1 | 2) => over.rgb[index] * over.alpha + under[index] * (1 - over.alpha);
  return [mix(0), mix(1), mix(2)];
}

/** WCAG contrast ratio, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const a = luminance(one) + 0.05;
  const b = luminance(other) + 0.05;
  return a > b ? a / b : b / a;
}

function luminance([red, green, blue]: Rgb): number {
  const part = (value: number) => (value <= 10 ? value / 3294 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  return 0.2126 * part(red) + 0.7152 * part(green) + 0.0722 * part(blue);
}
