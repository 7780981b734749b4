import { beforeEach, describe, expect, it } from 'vitest';
import { createKeyWatch } from '../../../lib/pill/key-watch.ts';

let released = 0;
let watch = createKeyWatch(() => (released += 1));
beforeEach(() => {
  released = 0;
  watch = createKeyWatch(() => (released += 1));
});

/** The page sees Alt and Shift go down; the letter's press is the browser's. */
function press() {
  watch.keyDown('AltLeft', false);
  watch.keyDown('ShiftLeft', false);
}

describe('the talk key on a page', () => {
  it.each([[['KeyD', 'ShiftLeft', 'AltLeft']], [['ShiftLeft', 'AltLeft', 'KeyD']], [['AltLeft', 'KeyD', 'ShiftLeft']]])(
    'is released by whichever key comes up first, and once: %s',
    (keys) => {
      press();
      watch.arm(100);
      expect(released).toBe(0);
      for (const key of keys) watch.keyUp(key, 900);
      expect(released).toBe(1);
    },
  );

  it('is released even when it came up before the page was told of its press', () => {
    press();
    watch.keyUp('KeyD', 100);
    watch.arm(110);
    expect(released).toBe(1);
    watch.keyUp('AltLeft', 120);
    expect(released).toBe(1);
  });

  it('is not released by what was typed before it', () => {
    watch.keyDown('KeyH', false);
    watch.keyUp('KeyH', 10);
    press();
    watch.arm(100);
    expect(released).toBe(0);
  });

  it('is not released by another key that is pressed meanwhile', () => {
    press();
    watch.arm(100);
    watch.keyDown('KeyX', false);
    watch.keyUp('KeyX', 300);
    expect(released).toBe(0);
    watch.keyUp('KeyD', 400);
    expect(released).toBe(1);
  });

  it('is nothing while it is not down', () => {
    press();
    watch.keyUp('AltLeft', 100);
    watch.keyUp('ShiftLeft', 100);
    expect(released).toBe(0);
  });

  it('types nothing when its letter comes up last', () => {
    press();
    watch.arm(100);
    // Before, the browser keeps the repeats to itself.
    watch.keyUp('AltLeft', 900);
    expect(watch.keyDown('KeyD', true)).toBe(true);
    watch.keyUp('KeyD', 950);
    expect(watch.keyDown('KeyD', false)).toBe(false);
    expect(watch.keyDown('KeyD', true)).toBe(false);
    expect(released).toBe(1);
  });

  it('leaves the page what is typed while it is down', () => {
    press();
    watch.arm(100);
    expect(watch.keyDown('KeyX', false)).toBe(false);
    expect(watch.keyDown('KeyX', true)).toBe(false);
  });

  it('is heard again the next time', () => {
    for (const at of [100, 5100]) {
      press();
      watch.arm(at);
      watch.keyUp('KeyD', at + 500);
    }
    expect(released).toBe(2);
  });
});
