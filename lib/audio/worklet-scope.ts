/** The part of AudioWorkletGlobalScope that TypeScript's DOM library does not describe. */
export interface WorkletScope {
  AudioWorkletProcessor: new () => { readonly port: MessagePort };
  registerProcessor(
    name: string,
    processor: new () => { process(inputs: Float32Array[][], outputs: Float32Array[][]): boolean },
  ): void;
  sampleRate: number;
}
