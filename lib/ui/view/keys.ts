/** Which key press sends the text. Pure. */

/** Enter alone. Not while an input method composes (key code 229 marks it in browsers that end composing first). */
export function sends(event: Pick<KeyboardEvent, 'key' | 'shiftKey' | 'isComposing' | 'keyCode'>): boolean {
  return event.key === 'Enter' && !event.shiftKey && !event.isComposing && event.keyCode !== 229;
}
