/** The way back, and what is looked at. */
import { Icon } from '../parts/icon.tsx';

export function PastHead({ title, label, back }: { title: string; label: string; back: () => void }) {
  return (
    <div class="past-head">
      <button type="button" class="link" title={label} aria-label={label} onClick={back}>
        <Icon name="back" />
      </button>
      <h2 dir="auto">{title}</h2>
    </div>
  );
}
