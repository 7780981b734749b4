/** What calls cost, as a person sees it: the engine goes by the name of a provider that has prices. */
import { cleanup } from 'node-datachannel';
import type { Page } from 'puppeteer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../lib/protocol/snapshot.ts';
import type { Mind, MindInput, Thought } from '../../relay/local/mind/mind.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { linesOf } from './lines.ts';

/** Answers, and says what it is told to say beside the talk. */
class Obedient implements Mind {
  /** What we told it ourselves. */
  notes: string[] = [];

  think({ entries }: MindInput): Thought {
    this.notes = entries.flatMap(({ item }) =>
      item.type === 'message' && item.role === 'system' ? item.content.map(({ text }) => text) : [],
    );
    const last = entries.at(-1)?.item;
    const isTold = last?.type === 'message' && last.role === 'system';
    return { say: isTold ? 'Your limit for this call is used up.' : 'Here is an answer.' };
  }
}

const mind = new Obedient();
let scene: Scene;
let panel: Page;

const shows = (page: Page, words: RegExp) =>
  expect.poll(() => page.evaluate(() => document.body.innerText), { timeout: 20_000 }).toMatch(words);
const isLive = ({ phase }: Snapshot) => phase === 'live';
const isOver = ({ phase }: Snapshot) => phase === 'ended';
const answers = (count: number) => (snapshot: Snapshot) =>
  linesOf(snapshot, 'assistant').filter(({ state }) => state === 'final').length >= count &&
  snapshot.turn === 'listening';
const wait: Scene['extension']['waitForSnapshot'] = (...given) => scene.extension.waitForSnapshot(...given);

/** Begins a spoken call, and asks once in writing. */
async function ask(): Promise<Snapshot> {
  await scene.extension.send({ type: 'start', microphone: true });
  await wait(isLive, 20_000, 'the call');
  await scene.extension.send({ type: 'say', text: 'A question' });
  return wait((snapshot) => answers(1)(snapshot) && snapshot.money?.today !== null, 20_000, 'a paid answer');
}

beforeAll(async () => {
  scene = await openScene({ mind, provider: 'openai', settings: { autoStart: false } });
  panel = await scene.extension.openPage('sidepanel');
}, 90_000);
afterAll(async () => {
  await scene?.close();
  cleanup();
});

describe('a call that costs money', () => {
  let first: Snapshot;

  it('shows in dollars what it has cost, in the panel and in the popup', async () => {
    first = await ask();
    expect(first).toMatchObject({
      provider: 'openai',
      model: 'gpt-realtime-2.1',
      money: { partial: false, level: 'below' },
    });
    expect(first.money!.call).toBeGreaterThan(0);
    await shows(panel, /[≈<] \$\d+\.\d\d/);
    const popup = await scene.extension.openPage('popup');
    await shows(popup, /[≈<] \$\d+\.\d\d/);
    await popup.close();
  });

  it('tells near the limit, and ends at it with a spoken and a written word', async () => {
    await scene.extension.writeSettings({ callCapUsd: first.money!.call * 1.1 });
    await shows(panel, /Most of the money you allow is used/);
    expect(mind.notes).toEqual([]);
    await scene.extension.send({ type: 'say', text: 'Another question' });
    const ended = await wait(isOver, 40_000, 'the end');
    expect(ended).toMatchObject({ endReason: 'cap-call', money: { level: 'reached' } });
    // The answer that was being given is heard to its end, then the word of the limit.
    expect(linesOf(ended, 'assistant').map(({ text, state }) => [text, state])).toEqual([
      ['Here is an answer.', 'final'],
      ['Here is an answer.', 'final'],
      ['Your limit for this call is used up.', 'final'],
    ]);
    expect(mind.notes[0]).toMatch(/nearly used up/);
    const isSaid = (snapshot: Snapshot) => snapshot.turn === 'speaking' && linesOf(snapshot, 'assistant').length === 3;
    expect(scene.extension.snapshots.seen.some(({ snapshot }) => isSaid(snapshot))).toBe(true);
    await shows(panel, /This call reached your limit of money, so Parley hung up/);
  });

  it('is in the sum of the day with the one before, and in the list of past calls', async () => {
    const before = scene.extension.snapshots.last!.money!;
    await scene.extension.writeSettings({ callCapUsd: null });
    const { money } = await ask();
    expect(money!.today).toBeCloseTo(before.call + money!.call, 8);
    expect(money!.month).toBeCloseTo(before.call + money!.call, 8);
    await panel.bringToFront();
    await panel.locator('details.cost summary').click();
    await shows(panel, /This call[^]*\$[^]*Today[^]*\$[^]*This month[^]*\$/);
    await scene.extension.send({ type: 'end' });
    await wait(isOver, 10_000, 'the end');
    await panel.locator('::-p-aria([name="Past calls"][role="button"])').click();
    await shows(panel, /· [≈<] \$\d+\.\d\d[^]*· [≈<] \$\d+\.\d\d/);
  });

  it('does not begin once the day has reached its limit, and says why', async () => {
    await scene.extension.writeSettings({ dayCapUsd: first.money!.call });
    await scene.extension.send({ type: 'start', microphone: true });
    const ended = await wait(({ endReason }) => endReason === 'cap-day', 20_000, 'the end');
    expect(ended).toMatchObject({ phase: 'ended', lines: [] });
    await shows(panel, /Today’s limit of money is reached/);
  });
});
