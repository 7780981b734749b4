import { wordErrors } from '../../support/recognise.ts';
import { callEngine, hush, pause, takeTurn, VAD_SILENCE_MS, type EngineAddress, type Turn } from '../caller.ts';
import { memoryPeakOf, watchUsage } from '../engine-usage.ts';
import type { Recording } from '../recordings.ts';
import { percentile } from '../statistics.ts';
import type { Measured } from '../table.ts';

const TO_SOUND_MS = VAD_SILENCE_MS + 350;
const IDLE_MS = 2000;

export interface Pair {
  recording: Recording;
  turn: Turn;
}

const wordsIn = (text: string): number => text.split(/\s+/).length;

/** "$12" is what was said. */
const readOut = (text: string): string => text.replaceAll(/\$(\d[\d,.]*\d|\d)/g, '$1 dollars');

const errorsOf = ({ recording, turn }: Pair): number => wordErrors(recording.text, readOut(turn.understood));

/** Errors in a hundred words. */
export function errorShare(pairs: readonly Pair[]): number {
  const errors = pairs.reduce((sum, pair) => sum + errorsOf(pair), 0);
  return (errors / pairs.reduce((sum, { recording }) => sum + wordsIn(recording.text), 0)) * 100;
}

/** One call in which every recording is spoken and answered: understanding, promptness, and what a call costs. */
export async function conversing(
  engine: EngineAddress & { pid: number },
  spoken: { people: Recording[]; voices: Recording[] },
): Promise<Measured[]> {
  const stopTalking = watchUsage(engine.pid);
  const peer = await callEngine(engine);
  const turns = async (recordings: Recording[]): Promise<Pair[]> => {
    const pairs: Pair[] = [];
    for (const recording of recordings) {
      const pair = { recording, turn: await takeTurn(peer, recording) };
      const { understood, toSoundMs } = pair.turn;
      if (errorsOf(pair) > 0) console.error(`  said: ${recording.text}\n  understood: ${understood || '(nothing)'}`);
      if (toSoundMs === null) console.error(`  not answered: ${recording.text}`);
      pairs.push(pair);
      await hush(peer);
    }
    return pairs;
  };
  const people = await turns(spoken.people);
  const voices = await turns(spoken.voices);
  const talking = stopTalking();
  const stopIdling = watchUsage(engine.pid);
  await pause(IDLE_MS);
  const idle = stopIdling();
  peer.close();

  const all = [...people, ...voices];
  const delays = all.flatMap(({ turn }) => turn.toSoundMs ?? []);
  return [
    { id: 'word_errors', value: errorShare(all), unit: '%', target: { atMost: 8 } },
    { id: 'word_errors_people', value: errorShare(people), unit: '%', target: { atMost: 8 } },
    { id: 'word_errors_own_voices', value: errorShare(voices), unit: '%', target: { atMost: 8 } },
    { id: 'turns_unanswered', value: all.length - delays.length, unit: 'turns', target: { atMost: 0 } },
    {
      id: 'speech_end_to_first_sound_p50',
      value: percentile(delays, 0.5),
      unit: 'ms',
      target: { atMost: TO_SOUND_MS },
    },
    { id: 'speech_end_to_first_sound_p95', value: percentile(delays, 0.95), unit: 'ms' },
    { id: 'memory_with_one_call_most', value: talking.memory, unit: 'MiB', target: { atMost: 600 } },
    { id: 'memory_with_one_call_after', value: idle.memory, unit: 'MiB' },
    // While the models load and their runtime is compiled.
    { id: 'memory_since_boot_most', value: memoryPeakOf(engine.pid), unit: 'MiB' },
    { id: 'cpu_of_a_call_talking', value: talking.cpu, unit: '% of a core' },
    { id: 'cpu_of_a_call_silent', value: idle.cpu, unit: '% of a core' },
  ];
}
