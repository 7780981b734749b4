/** Lets the shipped worklet listen to a recording, faster than time: what it notices, and when. Runs in the peers' page. */

export interface Noticed {
  kind: string;
  /** When it was told, s of the recording; with `stepS` 0 unknown, and 0. */
  atS: number;
}

export interface Listening {
  /** PCM16 at 24 kHz as base64, of one length. */
  microphone: string;
  voice: string;
  processor: string;
  /** How finely the time of what is noticed is to be known; 0: not at all, which is much faster. */
  stepS: number;
}

declare global {
  interface Window {
    listenOffline(listening: Listening): Promise<Noticed[]>;
  }
}

const rate = 24_000;

window.listenOffline = async ({ microphone, voice, processor, stepS }) => {
  const [heard, played] = [samplesOf(microphone), samplesOf(voice)];
  const context = new OfflineAudioContext(1, heard.length, rate);
  await context.audioWorklet.addModule('/audio-worklet.js');
  const node = new AudioWorkletNode(context, processor, {
    numberOfInputs: 2,
    numberOfOutputs: 1,
    outputChannelCount: [1],
  });
  node.connect(context.destination);
  const noticed: Noticed[] = [];
  let now = 0;
  node.port.addEventListener('message', ({ data }: MessageEvent<{ type: string; onset?: { kind: string } }>) => {
    if (data.type === 'onset' && data.onset) noticed.push({ kind: data.onset.kind, atS: now });
  });
  node.port.start();
  for (const [input, samples] of [heard, played].entries()) {
    const buffer = context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(node, 0, input);
    source.start();
  }
  const steps = stepS === 0 ? 0 : Math.floor(heard.length / rate / stepS);
  for (let step = 1; step < steps; step += 1) {
    const at = step * stepS;
    void context.suspend(at).then(async () => {
      now = at;
      await messagesCame();
      return context.resume();
    });
  }
  await context.startRendering();
  await messagesCame();
  return noticed;
};

/** The worklet's messages are tasks like this one, sent before it. */
function messagesCame(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 1));
}

function samplesOf(base64: string): Float32Array<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return Float32Array.from(new Int16Array(bytes.buffer), (sample) => sample / 0x8000);
}
