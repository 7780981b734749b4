/** The AudioContext of a call: the worklet that measures microphone and voice. Nothing that is heard or sent goes through it. */
import { levelProcessorName, type LevelReport } from './level-processor.ts';

export interface Tap {
  setMicrophone(stream: MediaStream): void;
  setVoice(stream: MediaStream): void;
  /** Harmless when repeated. */
  close(): void;
}

export async function openTap(workletUrl: string, report: (level: LevelReport) => void): Promise<Tap> {
  const context = new AudioContext({ latencyHint: 'interactive' });
  try {
    await context.audioWorklet.addModule(workletUrl);
  } catch (error) {
    await context.close();
    throw error;
  }
  const node = new AudioWorkletNode(context, levelProcessorName, { numberOfInputs: 2, numberOfOutputs: 0 });
  node.port.addEventListener('message', ({ data }) => report(data as LevelReport));
  node.port.start();
  const sources: (MediaStreamAudioSourceNode | undefined)[] = [];
  const connect = (input: number, stream: MediaStream) => {
    sources[input]?.disconnect();
    if (stream.getAudioTracks().length === 0 || context.state === 'closed') return;
    sources[input] = context.createMediaStreamSource(stream);
    sources[input].connect(node, 0, input);
  };
  return {
    setMicrophone: (stream) => connect(0, stream),
    setVoice: (stream) => connect(1, stream),
    close() {
      node.port.close();
      if (context.state !== 'closed') void context.close();
    },
  };
}
