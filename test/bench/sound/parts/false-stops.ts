/** The shipped worklet in a real browser, over recordings of what is not speech, and of what is, while the assistant speaks. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { earProcessorName } from '../../../../lib/audio/ear-processor.ts';
import { builtExtension } from '../../../support/browser.ts';
import { speakClips } from '../../../support/microphone.ts';
import { noiseScene, type NoiseKind } from '../../../support/noises.ts';
import { people, voices } from '../../recordings.ts';
import { percentile } from '../../statistics.ts';
import type { Measured } from '../../table.ts';
import { median, spread } from '../compared.ts';
import { rms } from '../correlate.ts';
import type { Noticed } from '../pages/offline-ear.ts';
import { joined, longAnswer, quietRoom, toBase64 } from '../said.ts';
import { openStage, type Stage } from '../stage.ts';

const rate = 24_000;
/** Not the ones that the detector was made with. */
const seed = 90_210;

/** What the ten minutes are made of, shares of them. */
const ordinary: Partial<Record<NoiseKind, number>> = {
  'quiet-room': 0.05,
  white: 0.05,
  pink: 0.05,
  brown: 0.05,
  fan: 0.1,
  hum: 0.05,
  street: 0.15,
  keyboard: 0.2,
  mouse: 0.05,
  music: 0.25,
};
const hard: Partial<Record<NoiseKind, number>> = { coughs: 0.34, knocks: 0.33, dishes: 0.33 };

export interface ListenSize {
  minutes: number;
  /** Sentences of each kind of speaker. */
  sentences: number;
}

export async function falseStops({ minutes, sentences }: ListenSize): Promise<Measured[]> {
  const worklet = await readFile(join(builtExtension, 'audio-worklet.js'), 'utf8');
  const stage = await openStage({ microphone: 'silence', says: 'Yes.', scripts: { 'audio-worklet.js': worklet } });
  try {
    const network = await stage.network({ rttMs: 0, tokenMs: 0, answerMs: 0 });
    await stage.tab.goto(network.pagesUrl);
    await stage.tab.waitForFunction(() => 'listenOffline' in window);
    const [answer] = await speakClips([longAnswer]);
    const voice = repeated(answer!.samples);
    const measured = [
      ...(await inNoise(stage, 'false_stops', ordinary, minutes * 60, voice, 1)),
      ...(await inNoise(stage, 'false_stops_at_coughs_knocks_dishes', hard, (minutes * 60) / 3, voice, null)),
      ...(await inSpeech(stage, sentences, voice)),
    ];
    await network.close();
    return measured;
  } finally {
    await stage.close();
  }
}

async function inNoise(
  stage: Stage,
  id: string,
  shares: Partial<Record<NoiseKind, number>>,
  seconds: number,
  voice: (length: number) => Float32Array,
  target: number | null,
): Promise<Measured[]> {
  let [stops, ducks] = [0, 0];
  const guilty: string[] = [];
  for (const [kind, share] of Object.entries(shares) as [NoiseKind, number][]) {
    const { samples } = noiseScene(kind, seconds * share, seed);
    const noticed = await listen(stage, samples, voice(samples.length), 0);
    const sure = noticed.filter((each) => each.kind === 'sure').length;
    stops += sure;
    ducks += noticed.filter((each) => each.kind === 'maybe').length;
    if (sure > 0) guilty.push(`${kind} ${sure}`);
  }
  return [
    {
      id: `${id}_in_${Math.round(seconds)}_s`,
      value: stops,
      unit: 'stops',
      ...(target === null ? {} : { target: { atMost: target } }),
      note: `${guilty.join(', ') || 'none at all'}; ducked ${ducks} times`,
    },
  ];
}

/** From the first loud 5 ms of a sentence. The quiet before each is as long as it takes to settle. */
async function inSpeech(stage: Stage, most: number, voice: (length: number) => Float32Array): Promise<Measured[]> {
  const sentences = [...(await people(most)), ...(await voices(most))].map(({ samples, startMs }) =>
    Float32Array.from(samples.subarray(startMs * 24, (startMs + 1200) * 24), (sample) => sample / 0x8000),
  );
  const [toMaybe, toSure]: [number[], number[]] = [[], []];
  for (const sentence of sentences) {
    const before = quietRoom(2);
    const recording = joined([before, sentence]);
    const step = rate / 200;
    let onset = before.length;
    while (rms(recording.subarray(onset, onset + step)) < 0.01) onset += step;
    const noticed = await listen(stage, recording, voice(recording.length), 0.005);
    const delay = (...kinds: string[]) => {
      const first = noticed.find(({ kind, atS }) => kinds.includes(kind) && atS * rate >= onset - step);
      return first ? Math.max(0, first.atS * 1000 - (onset * 1000) / rate) : Number.POSITIVE_INFINITY;
    };
    toMaybe.push(delay('maybe', 'sure'));
    toSure.push(delay('sure'));
  }
  const row = (id: string, delays: number[]): Measured => ({
    id,
    value: median(delays),
    unit: 'ms',
    note: `${spread(delays)}; p95 ${Math.round(percentile(delays, 0.95))}; unheard ${delays.filter((ms) => !Number.isFinite(ms)).length} of ${delays.length}`,
  });
  return [row('worklet_onset_to_maybe_p50', toMaybe), row('worklet_onset_to_sure_p50', toSure)];
}

function listen({ tab }: Stage, microphone: Float32Array, voice: Float32Array, stepS: number): Promise<Noticed[]> {
  const listening = { microphone: toBase64(microphone), voice: toBase64(voice), processor: earProcessorName, stepS };
  return tab.evaluate((given) => window.listenOffline(given), listening);
}

function repeated(samples: Float32Array): (length: number) => Float32Array {
  return (length) => Float32Array.from({ length }, (_none, index) => samples[index % samples.length] ?? 0);
}
