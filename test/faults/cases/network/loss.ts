/** A network that brings only a part of what is sent, while the person talks. */
import { linesOf, said } from '../../../browser/lines.ts';
import type { Scene, SceneOptions } from '../../../support/scene.ts';
import type { FaultCase, Played } from '../../case.ts';
import { ownNetwork } from '../../network/network.ts';
import { goesOn, inWords, pause, phasesSince, reconnects, talkScene } from '../../network/talk.ts';
import { callUp } from '../../on-call.ts';

const question = 'Please tell me when the tower opens in the morning.';
/** Of one question, the answer to it, and a breath; the engine's voice needs 4 s for the answer. */
const everyS = 14;
const leadS = 4;

/** The same again and again, so that chance has its way with each. */
function asking(times: number): SceneOptions {
  return {
    ...talkScene,
    leadS,
    says: Array.from({ length: times }, (_, at) => ({ text: question, afterS: at && 10 })),
  };
}

interface Bad {
  /** Of the packets, 0 to 1, each way. */
  share: number;
  questions: number;
  /** The least that must be understood. */
  understood: number;
  /** The most lines that may be opened meanwhile. */
  reconnects: number;
}

async function talkOver(scene: Scene, bad: Bad): Promise<Played> {
  const network = await ownNetwork();
  const { extension } = scene;
  await callUp(scene);
  const at = Date.now();
  await network.lose(bad.share);
  await pause((leadS + bad.questions * everyS) * 1000);
  const seen = extension.snapshots.last!;
  const steps = phasesSince(scene, at);
  await network.back();
  const understood = said(seen).filter((text) => /tower/i.test(text) && /morning/i.test(text)).length;
  const answered = linesOf(seen, 'assistant').filter(({ text }) => /nine/i.test(text)).length;
  const of = `of ${bad.questions}: ${said(seen).join(' ')}`;
  if (understood < bad.understood) throw new Error(`Understood were ${understood} ${of}`);
  if (answered < bad.understood) throw new Error(`Answered were ${answered} ${of}`);
  if (reconnects(steps) > bad.reconnects) throw new Error(`Too many lines were opened: ${inWords(steps)}`);
  await goesOn(scene, seen);
  return { saw: `${inWords(steps)}; ${understood} of ${bad.questions} questions understood` };
}

export const losses: FaultCase[] = [
  {
    id: 'F43',
    scene: asking(4),
    needs: 'network',
    play: (scene) => talkOver(scene, { share: 0.05, questions: 4, understood: 4, reconnects: 0 }),
  },
  {
    id: 'F44',
    scene: asking(4),
    needs: 'network',
    play: (scene) => talkOver(scene, { share: 0.2, questions: 4, understood: 3, reconnects: 0 }),
  },
  {
    id: 'F45',
    scene: asking(2),
    needs: 'network',
    play: (scene) => talkOver(scene, { share: 0.5, questions: 2, understood: 0, reconnects: 1 }),
  },
];
