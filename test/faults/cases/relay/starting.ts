/** The relay misbehaves while a call comes up. */
import type { Scene } from '../../../support/scene.ts';
import { words } from '../../../../lib/ui/words/call.en.ts';
import { isLive } from '../../../browser/lines.ts';
import type { FaultCode } from '../../../../lib/protocol/faults.ts';
import type { FaultCase, Played } from '../../case.ts';
import { behindFront, failing, type Behaviour } from '../../relay-front.ts';

export const starting: FaultCase[] = [
  {
    id: 'F20',
    shape: '401',
    quick: true,
    targets: { detectedMs: 2000 },
    async play(scene) {
      return behindFront(scene, async (front) => {
        await scene.extension.writeSettings({ relay: { url: front.url, deviceToken: 'not-the-token' } });
        return failsOnce(scene, 'relay-refused', () => front.asked, 1);
      });
    },
  },
  {
    id: 'F20',
    shape: '403',
    targets: { detectedMs: 2000 },
    play: (scene) => refusedWith(scene, 'relay-origin', refusal(403, 'origin_not_allowed', {}), 1),
  },
  {
    id: 'F21',
    shape: '2 s',
    targets: { recoveredMs: 5000 },
    play: (scene) => comesUp(scene, refusal(429, 'rate_limited', { 'Retry-After': '2' }, 1), 2),
  },
  {
    id: 'F21',
    shape: '30 s',
    targets: { detectedMs: 2000 },
    play: (scene) => refusedWith(scene, 'relay-limit', refusal(429, 'rate_limited', { 'Retry-After': '30' }), 1),
  },
  ...[500, 502, 503, 504].map((status): FaultCase => ({
    id: 'F22',
    shape: String(status),
    targets: { recoveredMs: 3000 },
    play: (scene) => comesUp(scene, failing(1, status), 2),
  })),
  {
    id: 'F23',
    targets: { detectedMs: 20_000 },
    play: (scene) => refusedWith(scene, 'relay-unreachable', failing(Infinity, 503), 6),
  },
  {
    id: 'F24',
    targets: { detectedMs: 9000 },
    runs: 1,
    play: (scene) => refusedWith(scene, 'relay-timeout', () => true, 1),
  },
  {
    id: 'F33',
    targets: { recoveredMs: 3000 },
    async play(scene) {
      const strikesAt = Date.now();
      await scene.engine.add('http-refuse', { route: 'calls', status: 401 }, { times: 1 });
      await scene.extension.send({ type: 'start', microphone: true });
      await scene.extension.waitForSnapshot(isLive, 15_000, 'the call');
      const struck = (await scene.engine.log()).length;
      if (struck !== 1) throw new Error(`the secret was refused ${struck} times`);
      return { saw: '“Connecting”, then the call', recoveredMs: liveAt(scene) - strikesAt };
    },
  },
];

/** Answers so, as a relay does to the extension, for so many times. */
function refusal(status: number, code: string, headers: Record<string, string>, times = Infinity): Behaviour {
  let left = times;
  return (asked, answer) => {
    if (left <= 0) return false;
    left -= 1;
    asked.resume();
    answer.writeHead(status, {
      'Content-Type': 'application/json',
      'Access-Control-Allow-Origin': asked.headers.origin ?? '*',
      'Access-Control-Expose-Headers': 'Retry-After',
      ...headers,
    });
    answer.end(JSON.stringify({ error: { message: 'because', type: 'relay', code, param: null } }));
    return true;
  };
}

function liveAt({ extension }: Scene): number {
  return extension.snapshots.seen.findLast(({ snapshot }) => isLive(snapshot))!.at;
}

function comesUp(scene: Scene, behaviour: Behaviour, most: number): Promise<Played> {
  return behindFront(scene, async (front) => {
    front.behave(behaviour);
    const at = Date.now();
    await scene.extension.send({ type: 'start', microphone: true });
    await scene.extension.waitForSnapshot(isLive, 15_000, 'the call');
    if (front.asked > most) throw new Error(`${front.asked} questions for one call`);
    return { saw: '“Connecting”, then the call', recoveredMs: liveAt(scene) - at };
  });
}

function refusedWith(scene: Scene, code: FaultCode, behaviour: Behaviour, most: number): Promise<Played> {
  return behindFront(scene, (front) => {
    front.behave(behaviour);
    return failsOnce(scene, code, () => front.asked, most);
  });
}

async function failsOnce({ extension }: Scene, code: FaultCode, asked: () => number, most: number): Promise<Played> {
  const at = Date.now();
  await extension.send({ type: 'start', microphone: true });
  const { fault } = await extension.waitForSnapshot(({ phase }) => phase === 'failed', 25_000, 'the call to fail');
  const shownAt = extension.snapshots.seen.findLast(({ snapshot }) => snapshot.phase === 'failed')!.at;
  if (fault?.code !== code) throw new Error(`it failed for ${fault?.code}`);
  if (asked() > most) throw new Error(`${asked()} questions, of which ${most} are enough`);
  return { saw: `“${words.faults[code]}”`, detectedMs: shownAt - at };
}
