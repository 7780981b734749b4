/** The pill's look: the mark's three bars in the colour of the state, its word, and behind them captions and controls. */
import type { Caption } from '../protocol/captions.ts';
import type { PillPlace } from '../protocol/pill.ts';
import type { Theme } from '../protocol/settings.ts';
import type { Tone } from '../ui/view/talk.ts';
import { boxAt, isUpper, rowSize, type Size } from './place.ts';
import { sheet } from './sheet.ts';
import type { PillWords } from './words.ts';

export type Control = 'mute' | 'stopAnswer' | 'hangUp';

export interface Mark {
  host: HTMLElement;
  /** Pointed at, or with the focus in it, it is open. */
  pill: HTMLElement;
  /** What a hand presses, holds or clicks to talk. */
  main: HTMLButtonElement;
  grip: HTMLButtonElement;
  controls: Record<Control, HTMLButtonElement>;
  /** In the words' language; safe to repeat. */
  show(word: string, tone: Tone, theme: Theme, words: PillWords): void;
  /** Null: no captions at all. */
  tell(captions: Caption[] | null, muted: boolean, words: PillWords): void;
  /** No captions for now. */
  forget(): void;
  /** Pixels that it takes when it is open. */
  openHeight(): number;
  put(place: PillPlace, open: boolean, view: Size): void;
  remove(): void;
}

/** The mark's three bars, on 16 by 16: x, y and height; and six dots to hold on to, on 8 by 16. */
const bars = [
  [2, 5, 6],
  [7, 1, 14],
  [12, 4, 8],
].map(([x, y, height]) => ({ x, y, height, width: 2, rx: 1 }));
const dots = [3, 7, 11].flatMap((y) => [1, 5].map((x) => ({ x, y, height: 2, width: 2, rx: 1 })));

/** Of the open pill, in CSS pixels, whatever is said. */
const openHeight = { captions: 200, bare: 92 };

const xhtml = 'http://www.w3.org/1999/xhtml';
const svg = 'http://www.w3.org/2000/svg';

export function createMark(document: Document): Mark {
  const make = <K extends keyof HTMLElementTagNameMap>(tag: K, look: string, ...inner: Element[]) => {
    const element = document.createElementNS(xhtml, tag) as HTMLElementTagNameMap[K];
    element.className = look;
    element.append(...inner);
    return element;
  };
  const button = (look: string, ...inner: Element[]) => {
    const element = make('button', look, ...inner);
    element.type = 'button';
    // A press leaves the focus where the person has it.
    element.addEventListener('mousedown', (event) => event.preventDefault());
    return element;
  };

  const host = document.createElementNS(xhtml, 'div') as HTMLElement;
  // In the top layer nothing of the page lies over it, and none of its ancestors can move or hide it.
  host.popover = 'manual';
  const said = make('span', '');
  const main = button('main', draw(document, bars, 16), said);
  const grip = button('grip', draw(document, dots, 8));
  const captions = make('div', 'captions');
  const controls = { mute: button(''), stopAnswer: button(''), hangUp: button('hang-up') };
  const more = make('div', 'more', captions, make('div', 'controls', ...Object.values(controls)));
  const pill = make('div', 'pill', make('div', 'row', grip, main), more);
  const root = host.attachShadow({ mode: 'closed' });
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  const position = new CSSStyleSheet();
  root.adoptedStyleSheets = [styles, position];
  root.append(pill);

  const name = (control: HTMLButtonElement, text: string) => {
    control.dataset['text'] = text;
    control.ariaLabel = text;
  };
  const fullHeight = () => (captions.hidden ? openHeight.bare : openHeight.captions);

  return {
    host,
    pill,
    main,
    grip,
    controls,
    show(word, tone, theme, words) {
      said.dataset['text'] = word;
      main.ariaLabel = `Parley: ${word}`;
      grip.ariaLabel = grip.title = words.move;
      pill.dataset['tone'] = tone;
      pill.dataset['theme'] = theme;
      pill.lang = words.language;
      name(controls.stopAnswer, words.controls.stopAnswer);
      name(controls.hangUp, words.controls.hangUp);
      if (!controls.mute.dataset['text']) name(controls.mute, words.controls.mute);
      // Pages that rewrite themselves take it off, and some close every popover.
      if (!host.isConnected) document.documentElement.append(host);
      if (!host.matches(':popover-open')) host.showPopover();
    },
    tell(last, muted, words) {
      name(controls.mute, muted ? words.controls.unmute : words.controls.mute);
      controls.mute.ariaPressed = String(muted);
      captions.hidden = last === null;
      const lines = (last ?? []).map(({ who, text }) => {
        const line = make('p', who);
        line.dir = 'auto';
        line.dataset['text'] = who === 'person' ? `${words.you}: ${text}` : text;
        return line;
      });
      captions.replaceChildren(...lines);
    },
    forget: () => captions.replaceChildren(),
    openHeight: fullHeight,
    put(place, open, view) {
      const box = boxAt(place, open ? fullHeight() : rowSize.height, view);
      pill.classList.toggle('open', open);
      pill.classList.toggle('top', isUpper(place));
      pill.classList.toggle('left', place.x < 1 / 3);
      pill.classList.toggle('right', place.x > 2 / 3);
      const lengths = Object.entries(box).map(([side, length]) => `${side}: ${Math.round(length)}px !important;`);
      position.replaceSync(`:host { ${lengths.join(' ')} }`);
    },
    remove: () => host.remove(),
  };
}

/** `width` of a drawing that is 16 high. */
function draw(document: Document, rects: object[], width: number): SVGElement {
  const drawing = document.createElementNS(svg, 'svg') as SVGElement;
  drawing.setAttribute('viewBox', `0 0 ${width} 16`);
  drawing.setAttribute('aria-hidden', 'true');
  for (const rect of rects) {
    const shape = document.createElementNS(svg, 'rect');
    for (const [name, value] of Object.entries(rect)) shape.setAttribute(name, `${value}`);
    drawing.append(shape);
  }
  return drawing;
}
