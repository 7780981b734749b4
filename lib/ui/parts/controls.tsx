/** Mute, stop answer, hang up: while there is a call that they can act on. */
import { isActive } from '../../protocol/snapshot.ts';
import { store } from '../store.ts';
import { useValue } from '../value.ts';
import { callWords } from '../words/words.ts';
import { Icon, type IconName } from './icon.tsx';

interface ControlProps {
  icon: IconName;
  label: string;
  class?: string;
  disabled?: boolean;
  pressed?: boolean;
  onClick: () => void;
}

function Control({ icon, label, disabled = false, pressed, onClick, class: look = '' }: ControlProps) {
  return (
    <button
      type="button"
      class={`control ${look}`}
      title={label}
      disabled={disabled}
      aria-pressed={pressed}
      onClick={onClick}
    >
      <Icon name={icon} />
      <span>{label}</span>
    </button>
  );
}

export function Controls() {
  const words = callWords.use().controls;
  const { phase, turn, microphone, muted } = useValue(store.snapshot);
  if (!isActive(phase)) return null;
  const up = phase === 'live' || phase === 'unstable';
  return (
    <div class="controls">
      {microphone && (
        <Control
          icon={muted ? 'microphone-off' : 'microphone'}
          label={muted ? words.unmute : words.mute}
          pressed={muted}
          disabled={!up}
          onClick={() => void store.act({ type: 'mute', muted: !muted })}
        />
      )}
      <Control
        icon="hand"
        label={words.stopAnswer}
        disabled={turn !== 'speaking' && turn !== 'thinking' && turn !== 'reading'}
        onClick={() => void store.act({ type: 'stop-answer' })}
      />
      <Control icon="hang-up" class="hang-up" label={words.hangUp} onClick={() => void store.act({ type: 'end' })} />
    </div>
  );
}
