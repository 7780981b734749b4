/** The WebSocket voice while the main thread stands still for 50 ms, five times a second: is what is heard what was sent? */
import { pause } from '../../caller.ts';
import type { Measured } from '../../table.ts';
import { continuity, type Continuity } from '../continuity.ts';
import { align } from '../correlate.ts';
import { fromBase64, joined, longAnswer } from '../said.ts';
import { openStage, type Stage } from '../stage.ts';
import { talkToOurs, talkToPeer, type Talk } from '../talk.ts';

const rate = 24_000;
/** A sixth faster than real time, the hard case: a provider that sends all at once leaves nothing to wait for. */
const line = { rttMs: 60, socketBytesPerS: 75_000 };
const stallMs = 50;

/** `seconds` of each answer are listened to. */
export async function underruns({ seconds, peer }: { seconds: number; peer: boolean }): Promise<Measured[]> {
  const stage = await openStage({ microphone: 'silence', says: longAnswer });
  try {
    const ours = await listen(
      stage,
      await talkToOurs(stage, 'websocket', line, { record: 'player', stallMs }),
      seconds,
    );
    const agents = peer
      ? await listen(stage, await talkToPeer(stage, 'agents-socket', line, { record: 'player', stallMs }), seconds)
      : null;
    const heardS = ours ? (ours.reach.to - ours.reach.from) / 1000 : 0;
    return [
      {
        id: 'underruns_websocket_voice',
        value: ours && ours.gaps,
        unit: 'times',
        ...(agents ? { peer: agents.gaps } : {}),
        target: { atMost: 0 },
        note: `${ours ? Math.round(ours.inserted) : '?'} ms in ${heardS.toFixed(1)} s of voice, hiccups of the browser ${ours ? ours.hiccups : '?'}; the peer's player is the benchmark's own`,
      },
    ];
  } finally {
    await stage.close();
  }
}

async function listen(stage: Stage, talk: Talk, seconds: number): Promise<Continuity | null> {
  await talk.types('Please tell me something long.');
  await pause(seconds * 1000);
  const heard = fromBase64((await talk.recording()).voice);
  const { voice } = await stage.engine.log();
  await talk.close();
  const sent = joined(voice.map(({ base64 }) => fromBase64(base64)));
  return continuity(align(heard, sent, { rate, leastScore: 0.9 }), heard, sent, { rate });
}
