/** The line to the provider does not come up: packets stop at a stage of it, as behind a firewall. */
import { isLive } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import type { FaultCase, Played } from '../case.ts';
import { ask, isFailed, seenAt } from '../on-call.ts';

type Stage = 'ice' | 'dtls' | 'channel';

/** From the press on. */
const targetMs = 12_000;

export const lineOpens: FaultCase[] = [
  { id: 'F36', quick: true, targets: { recoveredMs: targetMs }, play: (scene) => otherWay(scene, 'ice') },
  {
    id: 'F36',
    shape: 'and no other way is wanted',
    scene: { settings: { transport: 'webrtc' } },
    targets: { detectedMs: targetMs },
    play: (scene) => noWay(scene, 'ice'),
  },
  { id: 'F38', targets: { recoveredMs: targetMs }, play: (scene) => otherWay(scene, 'dtls') },
  { id: 'F39', shape: 'never opens', targets: { recoveredMs: targetMs }, play: (scene) => otherWay(scene, 'channel') },
  {
    id: 'F39',
    shape: 'opens 8 s late',
    targets: { recoveredMs: targetMs },
    play: (scene) => otherWay(scene, 'channel', 8000),
  },
];

async function otherWay(scene: Scene, stage: Stage, untilMs?: number): Promise<Played> {
  const { extension, engine } = scene;
  const id = await engine.add('never-connects', { stage });
  const at = Date.now();
  await extension.send({ type: 'start', microphone: true });
  const gone = untilMs === undefined ? null : setTimeout(() => void engine.remove(id), untilMs);
  try {
    const liveAt = await seenAt(scene, isLive, at, 25_000, 'the call');
    const { transport, transportReason } = extension.snapshots.last!;
    if (transport !== 'websocket' || transportReason !== 'blocked') throw new Error(`the line is ${transport}`);
    await ask(scene);
    return { saw: '“Connecting”, then the call, over WebSocket', recoveredMs: liveAt - at };
  } finally {
    if (gone) clearTimeout(gone);
  }
}

async function noWay(scene: Scene, stage: Stage): Promise<Played> {
  const { extension, engine } = scene;
  await engine.add('never-connects', { stage });
  const at = Date.now();
  await extension.send({ type: 'start', microphone: true });
  const failedAt = await seenAt(scene, isFailed, at, 25_000, 'the end');
  const code = extension.snapshots.last!.fault?.code;
  if (code !== 'connection-failed') throw new Error(`the cause is ${code}`);
  return { saw: 'that no connection came up, and what to try', detectedMs: failedAt - at };
}
