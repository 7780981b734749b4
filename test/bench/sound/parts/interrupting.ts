/** Talking over the answer: how soon it is silent, and what the provider is told of how much was heard. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pause } from '../../caller.ts';
import { people } from '../../recordings.ts';
import { percentile } from '../../statistics.ts';
import type { Measured } from '../../table.ts';
import { median, spread } from '../compared.ts';
import { rms } from '../correlate.ts';
import type { CallLog } from '../engine.ts';
import { interruption, placeOf, playedMs, type BothSides } from '../interruption.ts';
import type { Recording } from '../pages/instruments.ts';
import { fromBase64, joined, longAnswer, quietRoom, writeSaid } from '../said.ts';
import { openStage } from '../stage.ts';
import { talkToOurs, talkToPeer, type Talk } from '../talk.ts';

const line = { rttMs: 60 };
const rate = 24_000;
/** When the person speaks, s after the microphone was opened; between two of them the next answer has begun. */
const firstOnsetS = 4;
const betweenS = 6;
/** What sounds later after an onset is the next answer. */
const withinMs = 2000;
/** Of each sentence so much is said. */
const sentenceMs = 1500;

const recorded = { record: 'both' } as const;

interface Found {
  toDuck: number[];
  toSilence: number[];
  /** The voice went on. */
  missed: number;
  /** What the provider was told, less what was played; ms. */
  truncation: number[];
}

type System = { name: string; calls: number; start(): Promise<Talk> };

/** So many calls over each transport, of `onsets` interruptions each. */
export async function interrupting(size: { webrtc: number; websocket: number; onsets: number }): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-over-'));
  const { file, sentences } = await labelledFile(size.onsets);
  await writeSaid(join(folder, 'over.wav'), file);
  const stage = await openStage({ microphone: join(folder, 'over.wav'), says: longAnswer });
  const systems: System[] = [
    { name: 'ours webrtc', calls: size.webrtc, start: () => talkToOurs(stage, 'webrtc', line, recorded) },
    { name: 'agents webrtc', calls: size.webrtc, start: () => talkToPeer(stage, 'agents', line, recorded) },
    { name: 'ours websocket', calls: size.websocket, start: () => talkToOurs(stage, 'websocket', line, recorded) },
    {
      name: 'agents websocket',
      calls: size.websocket,
      start: () => talkToPeer(stage, 'agents-socket', line, recorded),
    },
  ];
  const found = new Map<string, Found>(
    systems.map(({ name }) => [name, { toDuck: [], toSilence: [], missed: 0, truncation: [] }]),
  );
  try {
    for (let call = 0; systems.some(({ calls }) => call < calls); call += 1) {
      for (const { name, start } of systems.filter(({ calls }) => call < calls)) {
        const talk = await start();
        await talk.types('Please tell me something long.');
        await pause((firstOnsetS + betweenS * (size.onsets - 1) + 3) * 1000);
        const recording = await talk.recording();
        const log = await stage.engine.log();
        await talk.close();
        look(found.get(name)!, recording, sentences, log);
      }
    }
  } finally {
    await stage.close();
    await rm(folder, { recursive: true });
  }
  return rows((name) => found.get(name)!);
}

interface Sentence {
  samples: Float32Array;
  /** Its first loud 5 ms. */
  onset: number;
}

/** Soft noise with sentences in it. */
async function labelledFile(onsets: number): Promise<{ file: Float32Array; sentences: Sentence[] }> {
  const recordings = await people();
  const file = quietRoom(firstOnsetS + betweenS * (onsets + 1));
  const sentences = Array.from({ length: onsets }, (_none, index): Sentence => {
    const { samples, startMs } = recordings[index % recordings.length]!;
    const from = startMs * 24;
    const sentence = Float32Array.from(samples.subarray(from, from + sentenceMs * 24), (sample) => sample / 0x8000);
    file.set(sentence, rate * (firstOnsetS + betweenS * index));
    const step = rate / 200;
    let onset = 0;
    while (rms(sentence.subarray(onset, onset + step)) < 0.01) onset += step;
    return { samples: sentence, onset };
  });
  return { file, sentences };
}

function look(found: Found, recording: Recording, sentences: Sentence[], log: CallLog): void {
  const sides: BothSides = {
    rate,
    microphone: fromBase64(recording.microphone),
    voice: fromBase64(recording.voice),
    gains: recording.gains,
  };
  const told = truncations(log);
  const places = sentences.map(({ samples }) => placeOf(samples, sides.microphone, rate));
  // One that the browser suppressed is where the others say it must be.
  const begins = places.flatMap((place, index) => (place === null ? [] : [place - index * betweenS * rate]));
  if (begins.length === 0) throw new Error('No sentence is in the recording of the microphone.');
  for (const [index, { onset }] of sentences.entries()) {
    const place = median(begins) + index * betweenS * rate;
    const over = interruption(sides, place + onset, withinMs);
    if (!over) continue;
    if (over.toDuck !== null) found.toDuck.push(over.toDuck);
    found.toSilence.push(over.toSilence ?? withinMs);
    if (over.toSilence === null) {
      found.missed += 1;
      continue;
    }
    const saidAt = recording.at + ((place + onset) * 1000) / rate;
    const truncation = told.find(({ at }) => at > saidAt && at < saidAt + withinMs);
    const played = truncation && playedMs(sides, over.lastSample, truncation.answer);
    if (played !== undefined && played !== null) found.truncation.push(truncation!.endMs - played);
  }
}

/** What the client said was heard of each item, and the whole of its sound. */
function truncations({ up, voice }: CallLog): { at: number; endMs: number; answer: Float32Array }[] {
  return up.flatMap(({ at, text }) => {
    const event = JSON.parse(text) as { type: string; item_id?: string; audio_end_ms?: number };
    if (event.type !== 'conversation.item.truncate') return [];
    const answer = joined(
      voice.filter(({ itemId }) => itemId === event.item_id).map(({ base64 }) => fromBase64(base64)),
    );
    return [{ at, endMs: event.audio_end_ms ?? Number.NaN, answer }];
  });
}

function rows(of: (name: string) => Found): Measured[] {
  const both = (transport: string): Measured[] => {
    const [ours, agents] = [of(`ours ${transport}`), of(`agents ${transport}`)];
    if (ours.toSilence.length + agents.toSilence.length === 0) return [];
    const peer = median(agents.toSilence);
    return [
      {
        id: `onset_to_duck_${transport}_p50`,
        value: median(ours.toDuck),
        unit: 'ms',
        note: `${spread(ours.toDuck)}; p95 ${Math.round(percentile(ours.toDuck, 0.95))}`,
      },
      {
        id: `onset_to_silence_${transport}_p50`,
        value: median(ours.toSilence),
        unit: 'ms',
        peer,
        target: { atMost: Math.min(120, 0.5 * peer) },
        note: `ours ${spread(ours.toSilence)}, agents ${spread(agents.toSilence)}; n=${ours.toSilence.length}, not stopped: ${ours.missed} (agents ${agents.missed})`,
      },
      {
        id: `onset_to_silence_${transport}_p95`,
        value: percentile(ours.toSilence, 0.95),
        unit: 'ms',
        peer: percentile(agents.toSilence, 0.95),
      },
    ];
  };
  const [ours, agents] = [of('ours websocket').truncation, of('agents websocket').truncation];
  const spoken = both('websocket');
  if (spoken.length === 0) return both('webrtc');
  return [
    ...both('webrtc'),
    ...spoken,
    {
      id: 'truncation_error_websocket_p50',
      value: median(ours.map(Math.abs)),
      unit: 'ms',
      peer: median(agents.map(Math.abs)),
      target: { atMost: 20 },
      note: `told less played at the tap: ours ${spread(ours)}, agents ${spread(agents)}; n=${ours.length}`,
    },
  ];
}
