/** A shape from `assets/public/shapes.svg`, in the colour of the text around it. */
export type IconName =
  | 'microphone'
  | 'microphone-ask'
  | 'microphone-off'
  | 'hand'
  | 'hang-up'
  | 'keyboard'
  | 'page'
  | 'panel'
  | 'options'
  | 'warning'
  | 'send'
  | 'down'
  | 'past'
  | 'back'
  | 'pin'
  | 'voice'
  | 'text'
  | 'captions'
  | 'mark';

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <use href={`/shapes.svg#${name}`} />
    </svg>
  );
}
