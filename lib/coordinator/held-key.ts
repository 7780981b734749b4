/**
 * One press and one release, from what a held shortcut gives: the browser tells of no release, but repeats the command.
 * Measured on Linux: the first repeat after 660 ms, then one every 40 ms. Where a pill hears the key come up it says so
 * itself, which is sooner. Pure.
 */

/** Longer than any system waits with the first repeat. */
const firstRepeatWithinMs = 900;
/** Longer than any gap between repeats, on a busy machine too. */
const nextRepeatWithinMs = 250;
/** Repeats that were on their way when the pill heard the key come up. */
const stragglersMs = 100;

export interface HeldKeyEvents {
  down(): void;
  /** Not after a short press that nobody saw end: it never repeated, so when it ended is unknown. */
  up(): void;
}

/** Returns the way to call it off. */
export type After = (ms: number, run: () => void) => () => void;

export interface HeldKey {
  /** The command came: a press, or a repeat of one. */
  command(): void;
  /** A pill heard the key come up. */
  released(): void;
}

export const afterMs: After = (ms, run) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};

export function createHeldKey({ down, up }: HeldKeyEvents, after: After = afterMs): HeldKey {
  let key: 'up' | 'down' | 'just-released' = 'up';
  let callOff = () => {};

  const wait = (ms: number, run: () => void) => {
    callOff();
    callOff = after(ms, run);
  };
  const forget = () => {
    key = 'up';
  };

  return {
    command() {
      if (key === 'just-released') return;
      if (key === 'down') {
        wait(nextRepeatWithinMs, () => {
          forget();
          up();
        });
        return;
      }
      key = 'down';
      wait(firstRepeatWithinMs, forget);
      down();
    },
    released() {
      key = 'just-released';
      wait(stragglersMs, forget);
      up();
    },
  };
}
