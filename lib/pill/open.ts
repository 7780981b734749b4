/** The pill opens while it is pointed at or has the focus, and asks for the words of the call only then. */
import type { PillLook } from '../protocol/pill.ts';

/** Milliseconds: so often while it is open; and so long it stays open behind a finger that has left. */
const lookEveryMs = 500;
const lingerMs = 600;

interface Opening {
  /** Draws it open or closed. */
  show(open: boolean): void;
  /** Null: nobody answered. */
  look(): Promise<PillLook | null>;
  tell(look: PillLook): void;
  /** What was said does not stay in the page. */
  forget(): void;
}

export interface Openness {
  isOpen(): boolean;
  /** Something was pressed that changes what is told. */
  lookNow(): void;
}

export function openWhenMeant(pill: HTMLElement, { show, look, tell, forget }: Opening, signal: AbortSignal): Openness {
  let open = false;
  let isPointedAt = false;
  let looking: ReturnType<typeof setInterval> | undefined;
  let leaving: ReturnType<typeof setTimeout> | undefined;

  const lookAndTell = async () => {
    const told = await look();
    if (!told || !open || signal.aborted) return;
    tell(told);
    show(true);
  };
  const lookNow = () => void lookAndTell();
  const settle = () => {
    clearTimeout(leaving);
    const wanted = isPointedAt || pill.matches(':focus-within');
    if (wanted === open) return;
    if (wanted) {
      open = true;
      show(true);
      lookNow();
      looking = setInterval(lookNow, lookEveryMs);
    } else {
      leaving = setTimeout(() => {
        open = false;
        clearInterval(looking);
        forget();
        show(false);
      }, lingerMs);
    }
  };
  const on = (type: 'pointerenter' | 'pointerleave' | 'focusin' | 'focusout', act: () => void) =>
    pill.addEventListener(type, (event) => event.isTrusted && act(), { signal });
  on('pointerenter', () => {
    isPointedAt = true;
    settle();
  });
  on('pointerleave', () => {
    isPointedAt = false;
    settle();
  });
  on('focusin', settle);
  on('focusout', () => queueMicrotask(settle));
  signal.addEventListener('abort', () => {
    clearInterval(looking);
    clearTimeout(leaving);
  });
  return { isOpen: () => open, lookNow };
}
