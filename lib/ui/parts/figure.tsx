/** What the talk button shows: a shape for every state, so that neither colour nor motion is needed to tell them apart. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Level } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { barHeight } from '../view/level.ts';
import type { TalkState } from '../view/talk.ts';
import { Icon, type IconName } from './icon.tsx';

/** Levels come every 50 ms; after this long without one there is no sound to show. */
const staleMs = 200;

/** A shape that follows a sound. The height is a custom property, so that no frame of sound draws a component. */
function useLevel(of: keyof Level) {
  const shape = useRef<HTMLSpanElement>(null);
  useLayoutEffect(() => {
    const show = (height: number) => shape.current?.style.setProperty('--level', height.toFixed(3));
    let rest: ReturnType<typeof setTimeout>;
    const stop = store.level.watch((level) => {
      clearTimeout(rest);
      show(barHeight(level[of]));
      rest = setTimeout(() => show(0), staleMs);
    });
    return () => {
      stop();
      clearTimeout(rest);
    };
  }, [of]);
  return shape;
}

/** Five bars, of which the middle one is the highest. */
function Bars({ of }: { of: keyof Level }) {
  return (
    <span class="bars" ref={useLevel(of)}>
      <i />
      <i />
      <i />
      <i />
      <i />
    </span>
  );
}

/** Fills the ring of the button as the voice grows. */
function Filling() {
  return <span class="filling" ref={useLevel('microphone')} />;
}

const icons: Partial<Record<TalkState, IconName>> = {
  idle: 'microphone',
  ended: 'microphone',
  waiting: 'microphone',
  asking: 'microphone-ask',
  muted: 'microphone-off',
  typed: 'keyboard',
  writing: 'text',
  interrupting: 'hand',
  fault: 'warning',
};

export function Figure({ state }: { state: TalkState }) {
  switch (state) {
    case 'listening':
      return (
        <>
          <span class="open-dot" />
          <Bars of="microphone" />
        </>
      );
    case 'hearing':
      return <Bars of="microphone" />;
    case 'held':
      return (
        <>
          <Filling />
          <Icon name="microphone" />
        </>
      );
    case 'speaking':
      return (
        <>
          <Bars of="voice" />
          <Icon name="hand" />
        </>
      );
    case 'thinking':
      return (
        <span class="dots">
          <i />
          <i />
          <i />
        </span>
      );
    case 'reading':
      return (
        <span class="reading">
          <Icon name="page" />
          <i />
        </span>
      );
    case 'connecting':
    case 'reconnecting':
      return <span class="ring" />;
    default:
      return <Icon name={icons[state] ?? 'microphone'} />;
  }
}
