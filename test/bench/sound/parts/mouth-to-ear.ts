/**
 * From the microphone to the engine's input, through the whole of ours and as a raw track beside it in the same page: the
 * same sound from the same device at the same time, so that only the way differs.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resample } from '../../../../relay/local/audio/resample.ts';
import { pause } from '../../caller.ts';
import type { Measured } from '../../table.ts';
import { mouthToEarMs } from '../arrival.ts';
import { against } from '../compared.ts';
import { rawMark } from '../pages/raw-track.ts';
import { continuousSpeech, fromBase64, joined, quietRoom, writeSaid } from '../said.ts';
import { openStage, type Stage } from '../stage.ts';
import { talkToOurs } from '../talk.ts';

const heardRate = 16_000;
/** The call is up before anybody speaks. */
const silentS = 3;

export async function mouthToEar({ calls, seconds }: { calls: number; seconds: number }): Promise<Measured[]> {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-ear-'));
  await writeSaid(join(folder, 'ear.wav'), joined([quietRoom(silentS), await continuousSpeech(300)]));
  const stage = await openStage({ microphone: join(folder, 'ear.wav'), says: 'Yes.' });
  try {
    const [ours, raw]: [number[], number[]] = [[], []];
    for (let call = 0; call < calls; call += 1) {
      const lags = await once(stage, seconds);
      ours.push(lags.ours);
      raw.push(lags.raw);
    }
    return [against({ id: 'mouth_to_far_ear_webrtc', ours, peer: raw, factor: 1.05, more: 'medians of calls' })];
  } finally {
    await stage.close();
    await rm(folder, { recursive: true });
  }
}

async function once(stage: Stage, seconds: number): Promise<{ ours: number; raw: number }> {
  const { engine } = stage;
  const rawTrack = { providerUrl: engine.baseUrl, key: engine.key };
  const talk = await talkToOurs(stage, 'webrtc', { rttMs: 0 }, { plain: true, rawTrack });
  await pause((silentS + seconds) * 1000);
  const { microphone, at, rate } = await talk.host.evaluate(() => window.bench.given());
  const said = { samples: resample(fromBase64(microphone), rate, heardRate), at };
  const lags = { ours: Number.NaN, raw: Number.NaN };
  for (const call of [-1, -2]) {
    const { up } = await engine.log(call);
    const isRaw = up.some(({ text }) => text.includes(rawMark));
    lags[isRaw ? 'raw' : 'ours'] = mouthToEarMs(said, await engine.heard(call), heardRate) ?? Number.NaN;
  }
  await talk.close();
  return lags;
}
