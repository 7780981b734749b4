/** A past call that is gone on with: its lines are there, the model knows them, and what is new stands behind them. */
import { cleanup } from 'node-datachannel';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import { createMind, type Mind, type MindInput } from '../../relay/local/mind/mind.ts';
import type { Entry } from '../../relay/local/session/items.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';
import { lighthouse } from './pages.ts';

/** The engine's own mind, and what it was shown last. */
class Reader implements Mind {
  readonly #mind = createMind();
  shown: readonly Entry[] = [];

  think(input: MindInput) {
    this.shown = input.entries;
    return this.#mind.think(input);
  }

  /** Who said what, in order; our own notes as one word, tools by name. */
  get told(): string[] {
    return this.shown.map(({ item }) => {
      if (item.type !== 'message') return item.type === 'function_call' ? item.name : item.type;
      return item.role === 'system'
        ? 'system'
        : `${item.role}: ${item.content.map((part) => ('text' in part ? part.text : '')).join('')}`;
    });
  }
}

const reader = new Reader();
let scene: Scene;
let panel: Page;

const textOf = (page: Page) => page.evaluate(() => document.body.innerText);
const shows = (words: RegExp) => expect.poll(() => textOf(panel), { timeout: 20_000 }).toMatch(words);
/** Not by the mouse: the page that is talked about is in front, and the panel draws no frames to wait for. */
const press = (name: string) =>
  expect
    .poll(() => panel.$$eval('button', pressOne, name), { timeout: 20_000, message: `the button ${name}` })
    .toBe(true);
const pressOne = (buttons: HTMLButtonElement[], name: string) => {
  const button = buttons.find((each) => [each.ariaLabel, each.textContent].includes(name));
  button?.click();
  return button !== undefined;
};
const openFirst = () =>
  expect
    .poll(() => panel.$eval('.call > button', (row) => ((row as HTMLElement).click(), true)).catch(() => false), {
      timeout: 20_000,
    })
    .toBe(true);
const ask = async (text: string) => {
  await panel.focus('textarea');
  await panel.keyboard.type(text);
  await panel.keyboard.press('Enter');
};
const answers = (count: number) => (snapshot: Snapshot) =>
  linesOf(snapshot, 'assistant').filter(({ state }) => state === 'final').length >= count &&
  snapshot.turn === 'waiting';
const isOver = ({ phase }: Snapshot) => phase === 'ended';
const openPast = async () => {
  await press('Past calls');
  await openFirst();
  await shows(/Export as Markdown/);
};

/** As another window would, in the database itself: how many calls are kept; afterwards none with `empty`. */
const keptCalls = (empty: boolean) =>
  scene.extension.hidden.evaluate(
    (clear) =>
      new Promise<number>((resolve) => {
        const opening = indexedDB.open('parley-calls');
        opening.addEventListener('success', () => {
          const transaction = opening.result.transaction(['calls', 'lines'], 'readwrite');
          const count = transaction.objectStore('calls').count();
          if (clear) for (const name of ['calls', 'lines']) transaction.objectStore(name).clear();
          transaction.addEventListener('complete', () => (opening.result.close(), resolve(count.result)));
        });
      }),
    empty,
  );

beforeAll(async () => {
  scene = await openScene({
    html: lighthouse,
    microphone: 'none',
    mind: reader,
    settings: { autoStart: false, warmUp: false },
  });
  const { extension, page } = scene;
  panel = await extension.openPage('sidepanel');
  await page.bringToFront();
  await extension.clickToolbar(page);
  await ask('How much is a ticket?');
  await extension.waitForSnapshot(answers(1), 30_000, 'the first answer');
}, 90_000);
afterAll(async () => {
  await scene?.close();
  cleanup();
});

describe('a past call', () => {
  it('cannot be gone on with while a call runs, and says what to do first', async () => {
    await expect.poll(async () => (await textOf(panel)).includes('twelve euros'), { timeout: 20_000 }).toBe(true);
    await openPast();
    await shows(/Hang up first/);
    expect(await textOf(panel)).not.toMatch(/Go on talking/);
    await scene.extension.send({ type: 'end' });
    await scene.extension.waitForSnapshot(isOver, 10_000, 'the end');
    await shows(/Go on talking[^]*Go on in writing/);
  });

  it('goes on in writing: what was said stands there, and the model was told it', async () => {
    const first = scene.extension.snapshots.last!;
    await press('Go on in writing');
    const isBack = ({ phase, earlierLines }: Snapshot) => phase === 'live' && earlierLines > 0;
    const resumed = await scene.extension.waitForSnapshot(isBack, 20_000, 'the call that goes on');
    expect(resumed).toMatchObject({ callId: first.callId, microphone: false });
    expect(resumed.lines.slice(0, resumed.earlierLines)).toEqual(first.lines);
    // The panel has left the past calls by itself.
    await expect.poll(async () => (await panel.$('textarea')) !== null).toBe(true);
    await ask('Who is the keeper?');
    await shows(/twelve euros[^]*Who is the keeper\?[^]*Martha/);
    const known = reader.told.slice(0, reader.told.lastIndexOf('system'));
    expect(known[0]).toBe('system');
    expect(known).toContain('user: How much is a ticket?');
    expect(known.find((line) => line.startsWith('assistant: '))).toContain('twelve euros');
    // Told, not shown a second time.
    const { lines } = await scene.extension.waitForSnapshot(answers(2), 20_000, 'the second answer');
    expect(lines.filter((line) => line.kind === 'person').map(({ text }) => text)).toEqual([
      'How much is a ticket?',
      'Who is the keeper?',
    ]);
  });

  it('is one entry in the list afterwards, with both parts', async () => {
    await scene.extension.send({ type: 'end' });
    await scene.extension.waitForSnapshot(isOver, 10_000, 'the end');
    await panel.bringToFront();
    await press('Past calls');
    await shows(/How much is a ticket\?/);
    await expect.poll(() => panel.$$eval('.call', (calls) => calls.length)).toBe(1);
    await openFirst();
    await shows(/How much is a ticket\?[^]*twelve euros[^]*Who is the keeper\?[^]*Martha/);
  });

  it('that was deleted meanwhile begins no call, says so, and leads to a new one', async () => {
    await keptCalls(true);
    await press('Go on in writing');
    await shows(/cannot be read, so nothing was started[^]*Start a new call/);
    await expect.poll(() => scene.extension.hasOffscreen(), { timeout: 10_000 }).toBe(false);
    expect(scene.extension.snapshots.last?.phase).toBe('ended');
  });
});

describe('an open call that is deleted', () => {
  it('says that the rest of it is not kept either', async () => {
    const { extension } = scene;
    await extension.send({ type: 'say', text: 'What can you do?' });
    await extension.waitForSnapshot(answers(1), 20_000, 'an answer');
    await expect.poll(() => keptCalls(false), { timeout: 10_000 }).toBe(1);
    await keptCalls(true);
    await extension.send({ type: 'say', text: 'Thank you.' });
    await shows(/You deleted this call, so the rest of it is not kept/);
  });
});

describe('a call that was typed', () => {
  let spoken: Scene | undefined;
  afterAll(() => spoken?.close());

  it('goes on by voice: the question is heard and answered aloud, behind what was typed', async () => {
    spoken = await openScene({
      html: lighthouse,
      says: [{ text: 'Please tell me when the tower opens in the morning.' }],
      settings: { autoStart: false },
    });
    const { extension, page } = spoken;
    await page.bringToFront();
    await (await extension.clickToolbar(page)).close();
    await extension.send({ type: 'say', text: 'How much is a ticket?' });
    const { callId } = await extension.waitForSnapshot(answers(1), 30_000, 'the typed answer');
    await extension.send({ type: 'end' });
    await extension.waitForSnapshot(isOver, 10_000, 'the end');
    await extension.send({ type: 'start', microphone: true, resume: callId! });
    const isToldAloud = (snapshot: Snapshot) =>
      snapshot.turn === 'speaking' && /nine/.test(linesOf(snapshot, 'assistant').at(-1)?.text ?? '');
    const told = await extension.waitForSnapshot(isToldAloud, 60_000, 'the spoken answer');
    expect(told).toMatchObject({ callId, microphone: true });
    expect(linesOf(told, 'person').map(({ typed }) => typed)).toEqual([true, false]);
    expect(linesOf(told, 'assistant')[0]?.text).toContain('twelve euros');
  });
});
