/** One run of one case: a scene of its own, the fault, and what must hold behind it. */
import { openScene } from '../support/scene.ts';
import { lighthouse } from '../browser/pages.ts';
import type { Played, PlayedCase } from './case.ts';
import type { Instrumented } from './instruments.ts';
import { checkAfter, checkNextCall, grantsOf } from './invariants.ts';
import { playApart } from './network/apart.ts';
import { playPeer, type PeerPlayed } from './peers/play.ts';

export interface Run {
  played: Played | null;
  /** Null where it is not compared. */
  peer: PeerPlayed | null;
  /** What did not hold, in sentences. */
  broken: string[];
}

/** What cuts the network does so in one of its own. */
export function playOnce(one: PlayedCase, extension: Instrumented): Promise<Run> {
  return one.needs === 'network' ? playApart(one, extension) : playHere(one, extension);
}

export async function playHere(one: PlayedCase, { dir }: Pick<Instrumented, 'dir'>): Promise<Run> {
  const options = { html: lighthouse, control: true, extensionDir: dir, ...one.scene };
  const broken: string[] = [];
  let played: Played | null = null;
  try {
    const scene = await openScene(options);
    try {
      const grantsBefore = grantsOf(scene);
      played = await one.play(scene);
      if (!one.leavesNothing) {
        if (options.control) await scene.engine.remove();
        broken.push(...(await checkAfter(scene, grantsBefore)));
        if (!one.leavesNoRelay) broken.push(...(await checkNextCall(scene)));
      }
    } finally {
      await scene.close();
    }
  } catch (error) {
    broken.push(error instanceof Error ? error.message : String(error));
  }
  const peer = await playPeer(one).catch((error: unknown) => {
    broken.push(`the peer could not be played: ${String(error)}`);
    return null;
  });
  return { played, peer, broken };
}
