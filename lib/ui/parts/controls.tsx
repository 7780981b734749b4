/** Mute, stop answer or "I'm done", hang up: while there is a call that they can act on. */
import { isActive, isUp } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { maySayDone } from '../view/keys.ts';
import { callWords } from '../words/words.ts';
import { useHeir } from './heir.ts';
import { Icon, type IconName } from './icon.tsx';
import { sayDone, useTalking } from './talk-key.ts';

interface ControlProps {
  icon: IconName;
  label: string;
  /** The key that does the same, for the tooltip. */
  shortcut?: string;
  class?: string;
  disabled?: boolean;
  onClick: () => void;
}

/** `aria-disabled` and not `disabled`: the button that was just pressed keeps the focus. */
function Control({ icon, label, shortcut, disabled = false, onClick, class: look = '' }: ControlProps) {
  return (
    <button
      type="button"
      class={`control ${look}`}
      title={shortcut ? `${label} (${shortcut})` : label}
      aria-disabled={disabled}
      onClick={() => disabled || onClick()}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

export function Controls() {
  return isActive(useValue(store.snapshot).phase) ? <OfCall /> : null;
}

function OfCall() {
  const words = callWords.use().controls;
  const { phase, microphone, muted } = useValue(store.snapshot);
  const { state, mode, answering } = useTalking();
  const up = isUp(phase);
  return (
    <div class="controls" ref={useHeir()}>
      {microphone && (
        <Control
          icon={muted ? 'microphone-off' : 'microphone'}
          label={muted ? words.unmute : words.mute}
          class={muted ? 'down' : ''}
          disabled={!up}
          onClick={() => void store.act({ type: 'mute', muted: !muted })}
        />
      )}
      {maySayDone(state, mode) ? (
        <Control icon="send" label={words.done} shortcut="Enter" onClick={sayDone} />
      ) : (
        <Control
          icon="hand"
          label={words.stopAnswer}
          shortcut="Esc"
          disabled={!answering}
          onClick={() => void store.act({ type: 'stop-answer' })}
        />
      )}
      <Control icon="hang-up" class="hang-up" label={words.hangUp} onClick={() => void store.act({ type: 'end' })} />
    </div>
  );
}
