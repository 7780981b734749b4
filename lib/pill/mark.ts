/**
 * The mark on the page: the product's bars and the state's word. A closed shadow root keeps page scripts out; what the page
 * sets on the element around it is overruled, because there the sheet of the shadow has the last word.
 */
import type { Theme } from '../protocol/settings.ts';
import type { Tone } from '../ui/view/talk.ts';

export interface Mark {
  button: HTMLButtonElement;
  show(word: string, tone: Tone, theme: Theme): void;
  remove(): void;
}

/** The colours of `assets/style.css`, and those of its high contrast. */
const strongest = `
  --paper: light-dark(#fff, #000);
  --ink: light-dark(#000, #fff);
  --hair: var(--ink);
  --plain: var(--ink);
  --live: light-dark(#9b0008, #ff9a94);
  --you: light-dark(#00328f, #a8ccff);
  --assistant: light-dark(#00522e, #7fe6ab);
  --work: light-dark(#5c3500, #ffc95c);
`;
const sheet = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: auto 0 16px 0 !important;
  z-index: 2147483647 !important;
  display: block !important;
  width: max-content !important;
  max-width: calc(100vw - 32px) !important;
  margin: 0 auto !important;
  pointer-events: none !important;
}
button {
  --paper: light-dark(#fcfbf9, #1b1a18);
  --ink: light-dark(#1f1c19, #f1eee9);
  --hair: light-dark(#dfdbd4, #3b3834);
  --plain: light-dark(#625c55, #b3ada4);
  --live: light-dark(#c8232c, #ff6f69);
  --you: light-dark(#1d5bbf, #84b5ff);
  --assistant: light-dark(#17734a, #5fcb8e);
  --work: light-dark(#8f5400, #f2b450);
  --tone: var(--plain);
  all: unset;
  color-scheme: light dark;
  box-sizing: border-box;
  display: flex;
  align-items: center;
  gap: 8px;
  height: 40px;
  max-width: 100%;
  padding: 0 16px 0 12px;
  border: 1px solid var(--hair);
  border-radius: 20px;
  background: var(--paper);
  box-shadow: 0 1px 2px rgb(31 28 25 / 8%), 0 4px 16px rgb(31 28 25 / 16%);
  color: var(--ink);
  font: 14px/1.45 system-ui, sans-serif;
  white-space: nowrap;
  cursor: pointer;
  pointer-events: auto;
  touch-action: none;
  user-select: none;
}
button[data-theme='light'] { color-scheme: light; }
button[data-theme='dark'] { color-scheme: dark; }
button[data-theme='contrast'] { ${strongest} }
@media (prefers-contrast: more) { button { ${strongest} } }
button[data-tone='live'] { --tone: var(--live); }
button[data-tone='you'] { --tone: var(--you); }
button[data-tone='assistant'] { --tone: var(--assistant); }
button[data-tone='work'] { --tone: var(--work); }
svg { flex: none; width: 20px; height: 20px; fill: var(--tone); }
span { overflow: hidden; text-overflow: ellipsis; }
@media (forced-colors: active) {
  svg { fill: ButtonText; }
}
@media print { button { display: none; } }
`;

/** The mark's three bars, on 16 by 16: x, y and height. */
const bars = [
  [2, 5, 6],
  [7, 1, 14],
  [12, 4, 8],
] as const;

const xhtml = 'http://www.w3.org/1999/xhtml';
const svg = 'http://www.w3.org/2000/svg';

export function createMark(document: Document): Mark {
  const host = document.createElementNS(xhtml, 'div') as HTMLElement;
  // In the top layer nothing of the page lies over it, and none of its ancestors can move or hide it.
  host.popover = 'manual';
  const button = document.createElementNS(xhtml, 'button') as HTMLButtonElement;
  // Reached by pointer alone: focus stays where the person has it.
  button.tabIndex = -1;
  button.type = 'button';
  const word = document.createElementNS(xhtml, 'span');
  button.append(drawBars(document), word);
  const root = host.attachShadow({ mode: 'closed' });
  const styles = new CSSStyleSheet();
  styles.replaceSync(sheet);
  root.adoptedStyleSheets = [styles];
  root.append(button);

  return {
    button,
    show(text, tone, theme) {
      word.textContent = text;
      button.ariaLabel = `Parley: ${text}`;
      button.dataset['tone'] = tone;
      button.dataset['theme'] = theme;
      // Pages that rewrite themselves take it off, and some close every popover.
      if (!host.isConnected) document.documentElement.append(host);
      if (!host.matches(':popover-open')) host.showPopover();
    },
    remove: () => host.remove(),
  };
}

function drawBars(document: Document): SVGElement {
  const drawing = document.createElementNS(svg, 'svg') as SVGElement;
  drawing.setAttribute('viewBox', '0 0 16 16');
  drawing.setAttribute('aria-hidden', 'true');
  for (const [x, y, height] of bars) {
    const bar = document.createElementNS(svg, 'rect');
    for (const [name, value] of Object.entries({ x, y, height, width: 2, rx: 1 })) bar.setAttribute(name, `${value}`);
    drawing.append(bar);
  }
  return drawing;
}
