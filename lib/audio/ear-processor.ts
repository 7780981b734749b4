/**
 * Runs inside the AudioWorklet, beside the sound and never in its way. Input 0 is the microphone, input 1 the assistant's
 * voice; the output is silent but for a microphone that catches up.
 */
import type { Heard, LevelReport, Onset } from './ear.ts';
import { earRate, frameSamples, ringSamples } from './ear-rate.ts';
import { FastForward } from './fast-forward.ts';
import { HandOut } from './hand-out.ts';
import { LevelMeter } from './level-meter.ts';
import { OnsetDetector } from './onset-detector.ts';
import { Ring } from './ring.ts';
import { SpeechLog } from './speech-log.ts';
import type { WorkletScope } from './worklet-scope.ts';

export const earProcessorName = 'parley-ear';

/** `id`: of the request, in its answers. */
export type EarCommand =
  | { type: 'look'; id: number; since: number }
  | { type: 'deliver'; id: number; from: number }
  | { type: 'stop'; id: number }
  | { type: 'catch-up'; id: number; from: number; speed: number }
  | { type: 'silence'; id: number };

export type EarReport =
  | { type: 'level'; level: LevelReport }
  | { type: 'onset'; onset: Onset }
  | { type: 'looked'; id: number; heard: Heard }
  | { type: 'frame'; id: number; frame: Int16Array }
  | { type: 'stopped'; id: number; position: number }
  | { type: 'caught-up'; id: number };

const reportsPerSecond = 20;

export function registerEar({ AudioWorkletProcessor, registerProcessor }: WorkletScope): void {
  class EarProcessor extends AudioWorkletProcessor {
    readonly #ring = new Ring(ringSamples);
    readonly #detector = new OnsetDetector();
    readonly #speech = new SpeechLog();
    readonly #microphone = new LevelMeter();
    readonly #voice = new LevelMeter();
    readonly #handOuts = new Map<number, HandOut>();
    #catchUp: { id: number; player: FastForward } | null = null;
    #sinceReport = 0;
    /** Of both inputs, until a frame is full. */
    readonly #frame = new Float32Array(frameSamples);
    readonly #voiceFrame = new Float32Array(frameSamples);
    #inFrame = 0;

    constructor() {
      super();
      this.port.addEventListener('message', ({ data }) => this.#obey(data as EarCommand));
      this.port.start();
    }

    process(inputs: Float32Array[][], [output]: Float32Array[][]): boolean {
      const microphone = inputs[0]?.[0];
      const voice = inputs[1]?.[0];
      if (voice) this.#voice.add(voice);
      if (microphone) this.#hear(microphone, voice);
      else this.#note(this.#detector.stop());
      const block = output?.[0];
      if (block && this.#catchUp?.player.next(block)) this.#report({ type: 'caught-up', id: this.#catchUp.id });
      this.#sinceReport += 128;
      if (this.#sinceReport >= earRate / reportsPerSecond) this.#reportLevel();
      return true;
    }

    #hear(microphone: Float32Array, voice: Float32Array | undefined): void {
      this.#microphone.add(microphone);
      this.#ring.write(microphone);
      for (const handOut of this.#handOuts.values()) handOut.advance();
      const end = this.#ring.position;
      for (let index = 0; index < microphone.length; index += 1) {
        this.#frame[this.#inFrame] = microphone[index] ?? 0;
        this.#voiceFrame[this.#inFrame] = voice?.[index] ?? 0;
        this.#inFrame += 1;
        if (this.#inFrame < frameSamples) continue;
        this.#inFrame = 0;
        const position = end - microphone.length + index + 1;
        this.#note(this.#detector.push(this.#frame, this.#voiceFrame, position), position);
      }
    }

    #note(onsets: Onset[], position = this.#ring.position): void {
      for (const onset of onsets) {
        this.#speech.note(onset, position);
        this.#report({ type: 'onset', onset });
      }
    }

    #obey(command: EarCommand): void {
      switch (command.type) {
        case 'look': {
          const speechFrom = this.#speech.firstSince(command.since);
          const heard = { position: this.#ring.position, speechFrom, speaking: this.#speech.speaking };
          return this.#report({ type: 'looked', id: command.id, heard });
        }
        case 'deliver': {
          const { id, from } = command;
          const give = (frame: Int16Array) => this.port.postMessage({ type: 'frame', id, frame }, [frame.buffer]);
          this.#handOuts.set(id, new HandOut(this.#ring, from, give));
          return;
        }
        case 'stop': {
          const handOut = this.#handOuts.get(command.id);
          handOut?.finish();
          this.#handOuts.delete(command.id);
          return this.#report({ type: 'stopped', id: command.id, position: handOut?.position ?? 0 });
        }
        case 'catch-up': {
          const { id, from, speed } = command;
          this.#catchUp = { id, player: new FastForward(this.#ring, from, speed) };
          return;
        }
        case 'silence':
          if (this.#catchUp?.id === command.id) this.#catchUp = null;
      }
    }

    #reportLevel(): void {
      this.#sinceReport = 0;
      const { frames: microphoneFrames, zero: microphoneZero } = this.#microphone;
      const level = {
        microphone: this.#microphone.take(),
        voice: this.#voice.take(),
        microphoneFrames,
        microphoneZero,
      };
      this.#report({ type: 'level', level });
    }

    #report(report: EarReport): void {
      this.port.postMessage(report);
    }
  }

  registerProcessor(earProcessorName, EarProcessor);
}
