/** Plays the assistant's voice. */
export interface Speaker {
  play(stream: MediaStream): void;
  /** Silence at once, without waiting for the far end to stop sending. */
  hush(): void;
  unhush(): void;
  close(): void;
}

export function createSpeaker(): Speaker {
  // In the document: Chrome may throttle a detached element.
  const element = document.createElement('audio');
  element.autoplay = true;
  document.body.append(element);
  return {
    play(stream) {
      element.srcObject = stream;
    },
    hush() {
      element.muted = true;
    },
    unhush() {
      element.muted = false;
    },
    close() {
      element.srcObject = null;
      element.remove();
    },
  };
}
