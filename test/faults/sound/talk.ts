/** What a person sees and does in a call whose microphone is in trouble. */
import type { Page } from 'puppeteer';
import type { MicrophoneTrouble, Snapshot } from '../../../lib/protocol/snapshot.ts';
import { words } from '../../../lib/ui/words/call.en.ts';
import { linesOf } from '../../browser/lines.ts';
import type { Scene } from '../../support/scene.ts';
import { until } from '../until.ts';
import type { SoundServer } from './server.ts';

const patienceMs = 20_000;

export function soundOf({ sound }: Scene): SoundServer {
  if (!sound) throw new Error('the scene has no room');
  return sound;
}

/** A spoken call that listens. Resolves with the popup, which stays open. */
export async function callUp({ extension, page }: Scene): Promise<Page> {
  const popup = await extension.clickToolbar(page);
  await extension.waitForSnapshot(listens, patienceMs, 'the call');
  return popup;
}

const listens = ({ phase, turn }: Snapshot) => phase === 'live' && turn === 'listening';

export interface Seen {
  /** The sentence on the screen. */
  saw: string;
  /** Milliseconds it took. */
  ms: number;
}

/** The trouble is on the screen, and the label does not claim to listen. */
export async function shows(scene: Scene, popup: Page, trouble: MicrophoneTrouble, since: number): Promise<Seen> {
  const { turn, phase, microphoneName } = await scene.extension.waitForSnapshot(
    (seen) => seen.microphoneTrouble === trouble && (trouble === 'replaced' || seen.turn === 'waiting'),
    patienceMs,
    `the trouble ${trouble}`,
  );
  const ms = performance.now() - since;
  if (phase !== 'live') throw new Error(`the call is ${phase}, ${turn}`);
  const saw = words.notes.trouble[trouble](microphoneName);
  await popup.waitForFunction((text) => document.body.innerText.includes(text), { timeout: 5000 }, saw);
  return { saw: `“${saw}”`, ms };
}

/** Sound of the microphone arrives again, and the label says so. Milliseconds it took. */
export async function hears({ extension }: Scene, since: number): Promise<number> {
  const { levels } = extension.snapshots;
  const before = levels.length;
  await extension.waitForSnapshot(
    (seen) => listens(seen) && (seen.microphoneTrouble ?? 'replaced') === 'replaced',
    patienceMs,
    'an open ear',
  );
  const isHeard = await until(async () => levels.slice(before).some(({ level }) => level.microphone > 0), 5000);
  if (!isHeard) throw new Error('it says that it listens, and hears nothing');
  return performance.now() - since;
}

/** The microphone light goes off. Milliseconds it took. */
export async function goesDark(sound: SoundServer, since: number): Promise<number> {
  if (!(await until(async () => (await sound.recording()) === 0, 10_000))) throw new Error('the microphone stays on');
  return performance.now() - since;
}

/** What is typed is answered, whatever is wrong with the microphone. */
export async function canWrite({ extension }: Scene): Promise<void> {
  const answers = (seen: Snapshot) => linesOf(seen, 'assistant').filter(({ state }) => state === 'final').length;
  const before = extension.snapshots.last ? answers(extension.snapshots.last) : 0;
  await extension.send({ type: 'say', text: 'How much is a ticket?' });
  // All of it: while the voice sounds, the label is about that.
  const isOver = (seen: Snapshot) => answers(seen) > before && (seen.turn === 'waiting' || seen.turn === 'listening');
  await extension.waitForSnapshot(isOver, 30_000, 'an answer to what was typed');
}

/** As the person changes their mind in the browser's settings. It holds while the scene does. */
export async function permissionOf({ browser, extension }: Scene) {
  const session = await browser.target().createCDPSession();
  const origin = `chrome-extension://${extension.id}`;
  return (setting: 'granted' | 'denied' | 'prompt') =>
    session.send('Browser.setPermission', { permission: { name: 'microphone' }, setting, origin });
}
