/**
 * The talk key of tap and hold: which press begins a turn and which ends it. Without the DOM. Whatever happens to the
 * hand, the pointer or the window, a turn that was begun by holding is ended.
 */
import type { Intent } from '../../protocol/messages.ts';
import type { Snapshot } from '../../protocol/snapshot.ts';

export interface TalkKey {
  /** Held from now on by `holder`, such as `pointer 1` or `Space`; a second holder changes nothing. */
  down(holder: string): void;
  /** Let go, or taken away: nothing unless it was this holder. */
  up(holder: string): void;
  /** Let go, whoever held it: the window has lost the focus. */
  release(): void;
  /** Begins a turn or ends it: a press in tap, and a click without a press, as a screen reader makes one. */
  toggle(): void;
  /** The turn is thrown away. */
  drop(): void;
  /** The page goes away: what still waits to be sent is sent now, or never. */
  leave(): void;
}

type TalkIntent = Extract<Intent, { type: 'talk-begin' | 'talk-end' }>;
const end: TalkIntent = { type: 'talk-end', send: true };

/**
 * `act` sends an intent and resolves to whether it was taken, never rejects; `tell` sends it and asks for no answer.
 */
export function createTalkKey(
  act: (intent: Intent) => Promise<boolean>,
  tell: (intent: Intent) => void,
  snapshot: () => Pick<Snapshot, 'phase' | 'turn'>,
): TalkKey {
  let holder: string | null = null;
  /** What we asked for last. */
  let begun = false;
  /** Not answered yet; the first is on its way, the rest wait: an end must not overtake the begin that starts the call. */
  const waiting: TalkIntent[] = [];

  async function send(intent: TalkIntent): Promise<void> {
    begun = intent.type === 'talk-begin';
    waiting.push(intent);
    if (waiting.length > 1) return;
    for (let next: TalkIntent | undefined = intent; next; next = waiting[0]) {
      const taken = await act(next);
      waiting.shift();
      if (taken) continue;
      // Asked for again, an answer would take away what is said about this failure.
      begun = false;
      for (const rest of waiting.splice(0)) tell(rest);
    }
  }

  /** The snapshot knows, but for the moments until it does: an answer on its way, a call that comes up. */
  function isOpen(): boolean {
    if (waiting.length > 0) return begun;
    const { phase, turn } = snapshot();
    return turn === 'held' || (begun && (phase === 'connecting' || phase === 'asking-permission'));
  }

  function release(): void {
    if (holder === null) return;
    holder = null;
    void send(end);
  }

  return {
    down(by) {
      if (holder !== null) return;
      holder = by;
      if (!isOpen()) void send({ type: 'talk-begin' });
    },
    up(by) {
      if (holder === by) release();
    },
    release,
    toggle() {
      void send(isOpen() ? end : { type: 'talk-begin' });
    },
    drop() {
      holder = null;
      void send({ type: 'talk-end', send: false });
    },
    leave() {
      release();
      for (const intent of waiting.splice(1)) tell(intent);
    },
  };
}
