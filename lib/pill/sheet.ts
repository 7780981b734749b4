/** What the pill looks like. The colours are those of `assets/style.css`. */

/** High contrast. */
const strongest = `
  --paper: light-dark(#fff, #000);
  --field: light-dark(#f2f2f2, #161616);
  --ink: light-dark(#000, #fff);
  --ink-soft: var(--ink);
  --hair: var(--ink);
  --line: var(--ink);
  --plain: var(--ink);
  --live: light-dark(#9b0008, #ff9a94);
  --you: light-dark(#00328f, #a8ccff);
  --assistant: light-dark(#00522e, #7fe6ab);
  --work: light-dark(#5c3500, #ffc95c);
`;

/**
 * Every word is drawn by `attr()`: text in the tree of a closed root is still found by `window.find`, and copied with what
 * the page selects. Nothing is larger or smaller by what is said, because the page can measure it,
 * and feel for what takes its clicks.
 */
export const sheet = `
:host {
  all: initial !important;
  position: fixed !important;
  inset: auto !important;
  z-index: 2147483647 !important;
  display: block !important;
  margin: 0 !important;
  pointer-events: none !important;
}
* { box-sizing: border-box; }
.pill {
  --paper: light-dark(#fcfbf9, #1b1a18);
  --field: light-dark(#f2f0ec, #272522);
  --ink: light-dark(#1f1c19, #f1eee9);
  --ink-soft: light-dark(#625c55, #b3ada4);
  --hair: light-dark(#dfdbd4, #3b3834);
  --line: light-dark(#8b857c, #7d776e);
  --plain: light-dark(#625c55, #b3ada4);
  --live: light-dark(#c8232c, #ff6f69);
  --you: light-dark(#1d5bbf, #84b5ff);
  --assistant: light-dark(#17734a, #5fcb8e);
  --work: light-dark(#8f5400, #f2b450);
  --tone: var(--plain);
  color-scheme: light dark;
  display: flex;
  flex-direction: column-reverse;
  width: min(288px, 100%);
  height: 100%;
  margin-inline: auto;
  border: 1px solid var(--hair);
  border-radius: 20px;
  background: var(--paper);
  box-shadow: 0 1px 2px rgb(31 28 25 / 8%), 0 4px 16px rgb(31 28 25 / 16%);
  color: var(--ink);
  font: 14px/1.45 system-ui, sans-serif;
  pointer-events: auto;
  user-select: none;
}
.pill[data-theme='light'] { color-scheme: light; }
.pill[data-theme='dark'] { color-scheme: dark; }
.pill[data-theme='contrast'] { ${strongest} }
@media (prefers-contrast: more) { .pill { ${strongest} } }
.pill[data-tone='live'] { --tone: var(--live); }
.pill[data-tone='you'] { --tone: var(--you); }
.pill[data-tone='assistant'] { --tone: var(--assistant); }
.pill[data-tone='work'] { --tone: var(--work); }
.pill.open { width: 100%; }
.pill.top { flex-direction: column; }
.pill.left { margin-inline-start: 0; }
.pill.right { margin-inline-end: 0; }
[data-text]::before { content: attr(data-text); }
.row { display: flex; flex: none; align-self: center; width: min(262px, 100%); height: 38px; }
.left .row { align-self: start; }
.right .row { align-self: end; }
button {
  all: unset;
  box-sizing: border-box;
  border-radius: 18px;
  cursor: pointer;
  touch-action: none;
}
button:focus-visible { outline: 2px solid var(--you); outline-offset: -3px; }
.grip {
  display: grid;
  place-items: center;
  flex: none;
  width: 28px;
  color: var(--ink-soft);
  cursor: move;
}
.grip svg { width: 8px; fill: currentcolor; }
.main {
  display: flex;
  flex: 1 1 auto;
  align-items: center;
  justify-content: center;
  gap: 8px;
  min-width: 0;
  padding-inline-end: 28px;
}
.main svg { flex: none; width: 20px; height: 20px; fill: var(--tone); }
.main span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.more { display: none; flex: 1 1 auto; flex-direction: column; gap: 8px; min-height: 0; padding: 8px 12px 12px; }
.top .more { padding: 4px 12px 12px; }
.open .more { display: flex; }
.captions { display: flex; flex: none; flex-direction: column; justify-content: end; height: 100px; line-height: 20px; overflow: hidden; }
.captions[hidden] { display: none; }
.captions p { flex: none; margin: 0; overflow-wrap: anywhere; }
.captions .person { color: var(--you); }
.controls { display: flex; flex: none; gap: 6px; }
.controls button {
  flex: 1 1 auto;
  min-width: 0;
  height: 32px;
  padding: 0 8px;
  border-radius: 16px;
  background: var(--field);
  font-size: 12px;
  line-height: 32px;
  text-align: center;
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.controls button:hover { background: var(--hair); }
.controls button[aria-pressed='true'] { background: var(--ink); color: var(--paper); }
.controls .hang-up { color: var(--live); }
@media (forced-colors: active) {
  .main svg { fill: ButtonText; }
  .controls button { border: 1px solid ButtonText; line-height: 30px; }
}
@media print { .pill { display: none; } }
`;
