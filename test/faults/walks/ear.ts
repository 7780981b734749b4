/** The ear of a walk: it hears what the steps say, and counts what is still being handed out. */
import type { Ear } from '../../../lib/audio/ear.ts';

const perMs = 24;

export interface WalkEar extends Ear {
  /** Somebody speaks until then, on the clock that nobody sets; from now. */
  speakUntil(ms: number): void;
}

export function openWalkEar(open: { ears: number; deliveries: number }): WalkEar {
  const openedAt = performance.now();
  const position = () => Math.round(performance.now() - openedAt) * perMs;
  let isOpen = true;
  let speech = { from: 0, until: -Infinity };
  open.ears += 1;
  return {
    speakUntil: (until) => {
      speech = { from: position(), until };
    },
    setMicrophone: () => undefined,
    setVoice: () => undefined,
    look: (since) => {
      const until = (speech.until - openedAt) * perMs;
      const speechFrom = until > since ? speech.from : null;
      return Promise.resolve({ position: position(), speechFrom, speaking: position() < until });
    },
    deliver: (from, take) => {
      let at = from;
      open.deliveries += 1;
      const hand = () => {
        const length = Math.min(position() - at, perMs * 200);
        if (length > 0) take(new Int16Array(length));
        at = position();
      };
      const timer = setInterval(hand, 200);
      return {
        stop: () => {
          clearInterval(timer);
          open.deliveries -= 1;
          hand();
          return Promise.resolve(at);
        },
      };
    },
    catchUp: () => {
      const { promise, resolve } = Promise.withResolvers<void>();
      setTimeout(resolve, 100);
      return { track: {} as MediaStreamTrack, caughtUp: promise, close: () => undefined };
    },
    close: () => {
      if (isOpen) open.ears -= 1;
      isOpen = false;
    },
  };
}
