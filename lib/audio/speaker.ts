/** Plays the assistant's voice. */
export interface Speaker {
  play(stream: MediaStream): void;
  /** Silence at once, without waiting for the far end to stop sending. */
  hush(): void;
  unhush(): void;
  /** Silent for as long as the person wants it, whatever is hushed and unhushed meanwhile. */
  setSilent(silent: boolean): void;
  /** Gives way to somebody who may be talking, and comes back. */
  duck(): void;
  unduck(): void;
  /** An id of `enumerateDevices`, empty for the system's own; one that is not there is replaced by that. Never rejects. */
  setDevice(id: string): Promise<void>;
  close(): void;
}

/** 14 dB down: plainly softer, and still there when it was only a cough. */
const duckedVolume = 0.2;

export function createSpeaker(): Speaker {
  // In the document: Chrome may throttle a detached element.
  const element = document.createElement('audio');
  element.autoplay = true;
  document.body.append(element);
  let hushed = false;
  let silent = false;
  const show = () => {
    element.muted = hushed || silent;
  };
  return {
    play(stream) {
      element.srcObject = stream;
    },
    hush() {
      hushed = true;
      show();
    },
    unhush() {
      hushed = false;
      element.volume = 1;
      show();
    },
    setSilent(wanted) {
      silent = wanted;
      show();
    },
    duck() {
      element.volume = duckedVolume;
    },
    unduck() {
      element.volume = 1;
    },
    setDevice: (id) =>
      element.setSinkId(id).catch(async () => {
        if (id !== '') await element.setSinkId('').catch(() => undefined);
      }),
    close() {
      element.srcObject = null;
      element.remove();
    },
  };
}
