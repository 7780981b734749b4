/** The microphone as PCM16 at 24 kHz, in frames of 40 ms. Its context ends with the page. */
export async function framesOf(microphone: MediaStream, take: (frame: Int16Array) => void): Promise<void> {
  const context = new AudioContext({ sampleRate: 24_000 });
  await context.audioWorklet.addModule('/bench-frames.js');
  const node = new AudioWorkletNode(context, 'bench-frames', { numberOfOutputs: 0 });
  node.port.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    if (data instanceof Int16Array) take(data);
  });
  node.port.start();
  context.createMediaStreamSource(microphone).connect(node);
}
