import type { Page } from 'puppeteer';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { audible, startListening } from '../support/listen.ts';
import { openScene, type Scene, type SceneOptions } from '../support/scene.ts';
import { linesToChoose } from '../support/way.ts';
import { isAnswered, isSpeaking, linesOf, said } from './lines.ts';
import { lighthouse } from './pages.ts';

let scene: Scene | undefined;
afterEach(async () => {
  await scene?.close();
  scene = undefined;
});

/** Its answer is long enough to switch in the middle of it. */
const about = { text: 'Can you tell me what this page is about?' };
const question = { text: 'Please tell me when the tower opens in the morning.' };

/** A spoken call, seen from the side panel in a tab of its own. `played` is there even when nobody hears it. */
async function called(options: SceneOptions) {
  scene = await openScene({ html: lighthouse, ...options });
  const { extension } = scene;
  const panel = await extension.openPage('sidepanel');
  await extension.send({ type: 'start', microphone: true });
  const host = await extension.offscreen();
  const [heard, played] = await Promise.all([startListening(host), startListening(host, true)]);
  return { extension, panel, heard, played };
}

const choose = (panel: Page, name: string) => panel.locator(`::-p-aria([name="${name}"][role="radio"])`).click();
const chosen = (panel: Page) =>
  panel.$eval('.icons label:has(:checked)', ({ textContent }) => textContent?.trim() ?? '');

const answers = (snapshot: Snapshot) => linesOf(snapshot, 'assistant');
const hasAnswers = (count: number) => (snapshot: Snapshot) => answers(snapshot).length >= count && isAnswered(snapshot);
const everSpoke = ({ extension }: Scene) => extension.snapshots.seen.some(({ snapshot }) => isSpeaking(snapshot));

describe('in text only', () => {
  it('what is asked aloud is answered in writing, and no voice is made', async () => {
    const { extension, panel, played } = await called({ says: [question], settings: { answers: 'text' } });
    expect(await chosen(panel)).toBe('Text only');
    const answered = await extension.waitForSnapshot(isAnswered, 40_000, 'an answer');
    expect(said(answered)[0]?.toLowerCase()).toContain('tower');
    expect(answers(answered)[0]?.text).toMatch(/\w+ \w+/);
    // A voice would follow its words; by the end of the next answer it would be there.
    await ask(panel, 'How much is a ticket?');
    await extension.waitForSnapshot(hasAnswers(2), 20_000, 'the answer to what was typed');
    expect(played.firstSoundAt()).toBeNull();
    expect(everSpoke(scene!)).toBe(false);
    expect(extension.snapshots.levels.every(({ level }) => level.voice === 0)).toBe(true);
  });
});

describe('with captions', () => {
  it('the answer is written and the loudspeaker silent, until the sound is wanted back', async () => {
    const { extension, panel, heard, played } = await called({ says: [about], settings: { answers: 'captions' } });
    await extension.waitForSnapshot(hasAnswers(1), 40_000, 'the answer in writing');
    await expect.poll(() => played.level(), { timeout: 5000, interval: 20 }).toBeGreaterThan(audible);
    expect(heard.firstSoundAt()).toBeNull();
    expect(everSpoke(scene!)).toBe(false);
    await choose(panel, 'Voice');
    await extension.waitForSnapshot(isSpeaking, 5000, 'the voice to be heard');
    await expect.poll(() => heard.level(), { timeout: 5000, interval: 20 }).toBeGreaterThan(audible);
  });

  it('talking over a voice that nobody hears cuts nothing', async () => {
    const { extension } = await called({
      says: [about, { ...question, afterS: 5 }],
      settings: { answers: 'captions' },
    });
    const both = await extension.waitForSnapshot(
      (snapshot) => said(snapshot).length === 2 && hasAnswers(2)(snapshot),
      60_000,
      'two answers',
    );
    expect(answers(both).map(({ state }) => state)).not.toContain('cut');
  });
});

describe('the sound', () => {
  it.each(linesToChoose)(
    'goes in the middle of an answer, whose words stay whole, and comes back with a later one: %s',
    async (transport) => {
      const { extension, panel, heard, played } = await called({ says: [about], settings: { transport } });
      await extension.waitForSnapshot(isSpeaking, 40_000, 'an answer');
      await expect.poll(() => heard.level(), { timeout: 5000, interval: 20 }).toBeGreaterThan(audible);
      await choose(panel, 'Text only');
      await extension.waitForSnapshot((snapshot) => snapshot.answers === 'text', 5000, 'text only');
      // What a block of sound holds began up to 85 ms before the silence.
      const silentFrom = Date.now() + 200;
      await expect.poll(() => played.firstSoundAt(silentFrom), { timeout: 5000, interval: 20 }).not.toBeNull();
      const whole = await extension.waitForSnapshot(isAnswered, 5000, 'the answer in writing');
      expect(answers(whole).map(({ state }) => state)).toEqual(['final']);

      await ask(panel, 'How much is a ticket?');
      await extension.waitForSnapshot(hasAnswers(2), 20_000, 'the answer to what was typed');
      expect(heard.firstSoundAt(silentFrom)).toBeNull();
      await choose(panel, 'Voice');
      await extension.waitForSnapshot((snapshot) => snapshot.answers === 'voice', 5000, 'voice');
      await ask(panel, 'How much is a ticket?');
      await extension.waitForSnapshot(isSpeaking, 20_000, 'a spoken answer');
      await expect.poll(() => heard.level(), { timeout: 5000, interval: 20 }).toBeGreaterThan(audible);
    },
  );
});

async function ask(panel: Page, text: string): Promise<void> {
  await panel.focus('textarea');
  await panel.keyboard.type(text);
  await panel.keyboard.press('Enter');
}
