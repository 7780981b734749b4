/** Hears the talk key come up. The browser keeps its press to itself, so which keys it has is told by nobody. Pure. */

/** Milliseconds. A key that came up so shortly before we were told of its press was that press. */
const justNowMs = 1000;

export interface KeyWatch {
  /** True: it belongs to the talk key, and the page is not to have it. */
  keyDown(code: string, isRepeat: boolean): boolean;
  keyUp(code: string, at: number): void;
  /** The talk key is down, says the coordinator. */
  arm(at: number): void;
}

/**
 * `released` is called once for each `arm`: at the first key that comes up and whose way down was not seen since. Any key
 * of a chord will do; another key that is pressed and let go meanwhile is none of it.
 */
export function createKeyWatch(released: () => void): KeyWatch {
  let isArmed = false;
  let downSince = new Set<string>();
  /** When the last key came up, unless another went down after it. */
  let lastUpAt: number | null = null;
  /** The chord comes up one key at a time: what is left of it repeats on the page, as a letter in its text field. */
  let isComingUp = false;

  const release = () => {
    isArmed = false;
    isComingUp = true;
    released();
  };

  return {
    keyDown(code, isRepeat) {
      if (isRepeat && !downSince.has(code)) return isComingUp;
      isComingUp = false;
      lastUpAt = null;
      downSince.add(code);
      return false;
    },
    keyUp(code, at) {
      lastUpAt = at;
      if (!downSince.delete(code) && isArmed) release();
    },
    arm(at) {
      downSince = new Set();
      isArmed = true;
      if (lastUpAt !== null && at - lastUpAt <= justNowMs) release();
    },
  };
}
